"""Which topics may be seen."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class TopicRules:
    """Patterns of names, with `*` and `?`: a topic needs one that allows it, and none that denies.

    Parameters
    ----------
    allowed, denied
        The patterns.
    """

    def __init__(self, allowed: Sequence[str], denied: Sequence[str]) -> None:
        self._allowed = tuple(allowed)
        self._denied = tuple(denied)

    def allow(self, topic: str) -> bool:
        """Tell whether a topic may be seen.

        Parameters
        ----------
        topic
            Its name.
        """
        return _matches(topic, self._allowed) and not _matches(topic, self._denied)

    def check(self, topic: str) -> str:
        """Return the name of a topic that may be seen.

        Parameters
        ----------
        topic
            Its name.

        Raises
        ------
        Refusal
            It may not be seen, whether it is there or not.
        """
        if not self.allow(topic):
            raise Refusal(
                403,
                f"topic {topic!r} may not be seen from here",
                "this Jupyter server does not allow it",
                "Ask who runs the Jupyter server (StreamServer.allow_topics, deny_topics).",
            )
        return topic


def _matches(topic: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(topic, pattern) for pattern in patterns)
