"""Which topics are watched: names, and patterns of names."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WILD = frozenset("*?[")


class TopicChoice:
    """Names and patterns of topics, as a user gives them.

    Parameters
    ----------
    topics
        Names; one with `*`, `?` or `[` in it, which no topic has in its name, is a pattern.

    Raises
    ------
    UsageMistake
        There is none, or one is no text.
    """

    def __init__(self, topics: Sequence[str]) -> None:
        given: Sequence[object] = topics
        if not given or not all(isinstance(topic, str) and topic for topic in given):
            raise UsageMistake(f"topics={topics!r}: give the name of a topic, or several")
        unique = tuple(dict.fromkeys(topics))
        self.names = tuple(topic for topic in unique if _WILD.isdisjoint(topic))
        self.patterns = tuple(topic for topic in unique if not _WILD.isdisjoint(topic))
        self.first = unique[0]
        self._unique = unique

    def __str__(self) -> str:
        return ", ".join(self._unique)

    def matching(self, topics: Iterable[str]) -> list[str]:
        """Return those of some topics that are like a pattern, and not named.

        Parameters
        ----------
        topics
            Names of topics that exist.
        """
        return [
            topic
            for topic in topics
            if topic not in self.names
            and any(fnmatchcase(topic, pattern) for pattern in self.patterns)
        ]
