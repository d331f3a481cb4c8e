"""Tab completion of the magics: flags, their values, topics, functions and jobs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from IPython.core.completer import SimpleCompletion, context_matcher

from jupyter_stream.errors import StreamError
from jupyter_stream.jobs import registry
from jupyter_stream.kafka.connect import connected
from jupyter_stream.kafka.profile_file import profile_names
from jupyter_stream.notebook.functions import functions
from jupyter_stream.notebook.item_completion import complete_item
from jupyter_stream.notebook.magic_parser import (
    MagicParser,
    connect_parser,
    download_parser,
    jobs_parser,
    stop_parser,
    upload_parser,
)
from jupyter_stream.notebook.watch_parser import watch_cell_parser, watch_parser

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.completer import CompletionContext

    # What a magic's words may be, by how many words stand before.
    Words = Callable[[int], list[str]]

ANSWER_SECONDS = 1.0
# What may stand behind --from; an offset or a time is for the user to write.
STARTS = ["earliest", "latest", "-10m", "-1h", "-1d"]
_LINE = re.compile(r"%(?P<magic>%?stream_\w+)\s+(?P<rest>.*)", re.DOTALL)


def register_completion(shell: Any) -> None:
    """Let Tab complete the magics of jupyter_stream.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    known: dict[str, tuple[MagicParser, Words]] = {
        "stream_connect": (connect_parser(), lambda _: _profiles()),
        "stream_upload": (upload_parser(), _upload_words),
        "stream_download": (download_parser(), lambda before: _topics() if before == 0 else []),
        "stream_watch": (watch_parser(), lambda _: _topics()),
        "%stream_watch": (watch_cell_parser(), lambda _: _topics()),
        "stream_jobs": (jobs_parser(), lambda _: []),
        "stream_stop": (stop_parser(), lambda _: _job_names()),
    }

    @context_matcher()  # type: ignore[untyped-decorator]
    def complete_stream_magics(context: CompletionContext) -> dict[str, Any]:
        found = _LINE.fullmatch(context.text_until_cursor.rpartition("\n")[2].lstrip())
        if found is None or found["magic"] not in known:
            return {"completions": []}
        before, fragment = _split(found["rest"])
        parser, words = known[found["magic"]]
        candidates = _candidates(shell, parser, words, before, fragment)
        return {
            "completions": [
                SimpleCompletion(word) for word in candidates if word.startswith(fragment)
            ],
            "matched_fragment": fragment,
            # Else Python's own names would stand among ours.
            "suppress": True,
        }

    shell.Completer.custom_matchers.extend([complete_stream_magics, complete_item])


def _split(rest: str) -> tuple[list[str], str]:
    """Part the words that are done from the one that Tab is to complete."""
    words = rest.split()
    return (words[:-1], words[-1]) if words and not rest[-1].isspace() else (words, "")


def _candidates(
    shell: Any, parser: MagicParser, words: Words, before: list[str], fragment: str
) -> list[str]:
    flag = before[-1] if before else ""
    if flag == "--apply":
        return sorted(functions(shell))
    if parser.choices(flag):
        return list(parser.choices(flag))
    if flag == "--from":
        return STARTS
    if parser.takes_value(flag):
        # A folder, say, which IPython itself completes.
        return []
    own = [] if fragment.startswith("-") else words(_positional(parser, before))
    return own or parser.flags()


def _positional(parser: MagicParser, words: list[str]) -> int:
    """Count the words that are neither flags nor the values of flags."""
    return sum(
        not word.startswith("-") and not parser.takes_value(former)
        for former, word in zip(["", *words], words, strict=False)
    )


def _profiles() -> list[str]:
    try:
        return profile_names()
    except StreamError:
        return []


def _upload_words(before: int) -> list[str]:
    # The path comes first, and IPython itself completes paths.
    return _topics() if before == 1 else []


def _topics() -> list[str]:
    """Return the topics of the cluster in use; completion must not start a broker."""
    cluster = connected()
    try:
        return list(cluster.topics(ANSWER_SECONDS)) if cluster else []
    except StreamError:
        return []


def _job_names() -> list[str]:
    return [job.id for job in registry.running()]
