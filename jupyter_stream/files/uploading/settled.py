"""Finding files that have stopped changing."""

from __future__ import annotations

import time
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyter_stream.files.stamp import FileState
    from jupyter_stream.files.uploading.tree import Found, Tree


class Knowledge(Enum):
    """What is known of a version of a file."""

    NEW = auto()
    DOUBTFUL = auto()
    SENT = auto()


class _Sighting:
    """A version of a file, and since when it is known."""

    __slots__ = ("complete", "since", "state")

    def __init__(self, state: FileState, since: float) -> None:
        self.state = state
        self.since = since
        self.complete = False


class SettledFiles:
    """Files whose size and modification time stayed the same for a while.

    Nothing is kept of files that were reported, except while they are on their way: whoever
    sends them knows best what was sent.

    Parameters
    ----------
    tree
        The directory.
    settle_seconds
        How long a file must not have changed; 0 reports it when it is first seen.
    knowledge
        Says whether a version of a file was sent before; if that is doubtful, it is reported.
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(
        self,
        tree: Tree,
        settle_seconds: float,
        knowledge: Callable[[Found], Knowledge],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tree = tree
        self._settle_seconds = settle_seconds
        self._knowledge = knowledge
        self._clock = clock
        self._unsettled: dict[str, _Sighting] = {}
        self._reported: dict[str, FileState] = {}
        self._partial: dict[int, FileState] = {}

    @property
    def unsettled(self) -> dict[str, FileState]:
        """The files that were seen, and have not settled yet."""
        return {path: known.state for path, known in sorted(self._unsettled.items())}

    def sight(self, found: Found, *, complete: bool = False) -> bool:
        """Take in that a file was seen, and say whether this version of it is news.

        Parameters
        ----------
        found
            The file.
        complete
            Whether it is known to be complete: it had an unfinished file's name before.
        """
        known = self._unsettled.get(found.path)
        knowledge = Knowledge.NEW if known else self._look_up(found)
        if knowledge is Knowledge.SENT:
            return False
        news = known is None or known.state != found.state
        if known is None or news:
            known = self._unsettled[found.path] = _Sighting(found.state, self._clock())
        # In a directory that is only looked at: the unfinished file that was seen there.
        known.complete |= complete or self._partial.get(found.inode) == found.state
        return news and knowledge is Knowledge.NEW

    def walked(self) -> None:
        """Take in that the tree was walked: its partial files may have another name next time."""
        self._partial = self._tree.partial

    def due(self) -> list[Found]:
        """Give the files that have settled, in order of name; they are reported once."""
        now = self._clock()
        ripe = sorted(path for path, known in self._unsettled.items() if self._is_ripe(known, now))
        return [found for path in ripe for found in self._settled(path)]

    def conclude(self, path: str) -> None:
        """Forget a file that was reported: it is sent, or is to be found once more.

        Parameters
        ----------
        path
            Relative posix path.
        """
        self._reported.pop(path, None)

    def look_again(self, path: str) -> None:
        """Report a file once more when it has settled, even if it looks the same.

        Parameters
        ----------
        path
            Relative posix path.
        """
        self.conclude(path)
        self._sight_all(self._tree.look_at(path))

    def _sight_all(self, files: Iterable[Found]) -> None:
        for found in files:
            self.sight(found)

    def _look_up(self, found: Found) -> Knowledge:
        if self._reported.get(found.path) == found.state:
            return Knowledge.SENT
        return self._knowledge(found)

    def _is_ripe(self, known: _Sighting, now: float) -> bool:
        return known.complete or now - known.since >= self._settle_seconds

    def _settled(self, path: str) -> Iterable[Found]:
        """Look at a ripe file once more, and report it if it is still the same."""
        known = self._unsettled.pop(path)
        for found in self._tree.look_at(path):
            if found.state == known.state:
                self._reported[path] = found.state
                yield found
            else:
                self.sight(found)
