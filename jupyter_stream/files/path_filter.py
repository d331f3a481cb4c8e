"""Which paths are wanted, by glob patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|.", re.DOTALL)
_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


class PathFilter:
    """Says which relative posix paths are wanted.

    A pattern with a "/" is compared with the whole path, one without with the last name. `*` and
    `?` stand for anything but "/", `**` for any number of directories, `[abc]` for one of these
    characters. Case counts.

    Parameters
    ----------
    include
        A path must fit one of these, unless there are none.
    exclude
        A path must fit none of these.

    Raises
    ------
    UsageMistake
        A pattern is empty.
    """

    def __init__(self, include: str | Sequence[str], exclude: str | Sequence[str]) -> None:
        self._include = _compile(include)
        self._exclude = _compile(exclude)

    def __str__(self) -> str:
        """Give a text that is the same for the same choice; "" if all is wanted."""
        chosen = [f"+{pattern.pattern}" for pattern in self._include]
        return "\n".join(chosen + [f"-{pattern.pattern}" for pattern in self._exclude])

    def reason(self, path: str) -> str:
        """Say why a path is not wanted; "" if it is.

        Parameters
        ----------
        path
            Relative posix path.
        """
        if self._include and not any(pattern.fullmatch(path) for pattern in self._include):
            return "is not among what is to be included"
        if any(pattern.fullmatch(path) for pattern in self._exclude):
            return "is excluded"
        return ""


def _compile(patterns: str | Sequence[str]) -> list[re.Pattern[str]]:
    return [_regex(text) for text in ([patterns] if isinstance(patterns, str) else patterns)]


def _regex(pattern: str) -> re.Pattern[str]:
    if not pattern:
        raise UsageMistake("a pattern to include or exclude is empty; leave it out")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    body = "".join(_translated(token) for token in _TOKENS.findall(pattern.removeprefix("/")))
    return re.compile(anywhere + body, re.DOTALL)


def _translated(token: str) -> str:
    if token.startswith("[") and len(token) > 2:  # noqa: PLR2004 - brackets around something
        negated = token[1] == "!"
        members = re.escape(token[2 if negated else 1 : -1]).replace(r"\-", "-")
        return f"[{'^' if negated else ''}{members}]"
    return _WILDCARDS.get(token) or re.escape(token)
