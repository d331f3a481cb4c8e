"""Looking for files in a directory: once, told by the operating system, or again and again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.uploading.directory_events import DirectoryEvents

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.uploading.settled import SettledFiles
    from jupyter_stream.files.uploading.tree import Found, Tree

# Events can be missed: by a full queue, on a share, through a link.
SAFETY_SECONDS, SAFETY_FACTOR = 10.0, 100
POLL_SECONDS, POLL_FACTOR = 0.2, 20
# How long an event may take to arrive before it counts as missing.
LATE_SECONDS = 2.0


class Lookout:
    """Looks for files that have settled in a directory that is watched.

    Parameters
    ----------
    tree, settled
        The directory, and what is known of its files.
    poll
        Whether to look at everything again and again, without asking the operating system.
    goes_on
        Asked during a walk; it ends early when this says no.
    tell
        Told in a title and a detail when the way of looking changes.
    """

    def __init__(
        self,
        tree: Tree,
        settled: SettledFiles,
        *,
        poll: bool,
        goes_on: Callable[[], bool],
        tell: Callable[[str, str], None],
    ) -> None:
        self._tree = tree
        self._settled = settled
        self._poll = poll
        self._goes_on = goes_on
        self._tell = tell
        self._events: DirectoryEvents | None = None
        self._place: tuple[int, int] | None = None
        self._next_walk = 0.0
        self._unannounced: dict[str, float] = {}
        # Only what comes after a first walk must have been told of by events.
        self._all_known = False
        self.walks = 0

    def look(self) -> list[Found]:
        """Look once, and give the files that have settled since the last time.

        Raises
        ------
        NoSuchPath
            The directory is not there, or cannot be listed.
        """
        self._follow_root()
        self._take_events()
        if time.monotonic() >= self._next_walk:
            self._walk()
        return self._settled.due()

    def walk_soon(self) -> None:
        """Let the next look go through the whole directory."""
        self._next_walk = 0.0

    def begin_anew(self) -> None:
        """Let the next look find everything, as the first one did, whatever events told of."""
        self.walks = 0
        self._expect_no_news()

    def close(self) -> None:
        """Ask the operating system for no more events."""
        if self._events is not None:
            self._events.close()
            self._events = None

    def _follow_root(self) -> None:
        """Begin anew when another directory takes the place, as when a share is mounted."""
        try:
            status = self._tree.root.stat()
        except OSError as error:
            self._place = None
            raise NoSuchPath(
                f"{self._tree.root} is no directory that can be watched ({error.strerror}); "
                "is it mounted?"
            ) from error
        place = (status.st_dev, status.st_ino)
        if place != self._place:
            self.close()
            self._open_events()
            self._place = place
            self._expect_no_news()

    def _expect_no_news(self) -> None:
        """Let the next look find everything, as the first one did."""
        self._all_known = False
        self._unannounced.clear()
        self.walk_soon()

    def _open_events(self) -> None:
        if self._poll:
            return
        try:
            self._events = DirectoryEvents(self._tree.root, self._tree.hides)
        except OSError as error:
            self._fall_back(f"the operating system tells of no changes there: {error.strerror}")

    def _fall_back(self, reason: str) -> None:
        """Look at everything again and again from now on."""
        self.close()
        self._poll = True
        self._unannounced.clear()
        self._tell(
            "The directory is looked at again and again now",
            f"{self._tree.root}: {reason}. New files are noticed a little later, nothing is lost.",
        )

    def _take_events(self) -> None:
        if self._events is None:
            return
        changed = self._events.take()
        if not self._events.alive:
            self._fall_back("the operating system tells of no more changes there")
        elif changed is None:
            self.walk_soon()
        else:
            self._sight(changed)
            self._check_unannounced(changed)

    def _sight(self, changed: dict[str, bool]) -> None:
        for path, complete in changed.items():
            for found in self._tree.look_at(path):
                self._settled.sight(found, complete=complete)
                self._unannounced.pop(found.path, None)

    def _check_unannounced(self, changed: dict[str, bool]) -> None:
        """Trust events no more when a walk found what no event tells of."""
        for path in changed:
            self._unannounced.pop(path, None)
        late = time.monotonic() - LATE_SECONDS
        missed = next((path for path, since in self._unannounced.items() if since < late), None)
        if missed is not None:
            self._fall_back(
                f"no event told of {missed} (a network share, or too many directories for the "
                "limit fs.inotify.max_user_watches)"
            )

    def _is_to_be_announced(self, path: str) -> bool:
        # What changes behind a link is announced under the name that it has there.
        told = self._all_known and self._events is not None
        return told and not (self._tree.root / path).is_symlink()

    def _walk(self) -> None:
        """Go through the whole directory."""
        begun = time.monotonic()
        for found in self._tree.walk():
            news = self._settled.sight(found)
            if news and self._is_to_be_announced(found.path):
                self._unannounced[found.path] = begun
            if not self._goes_on():
                return
        self._settled.walked()
        self.walks += 1
        self._all_known = True
        now = time.monotonic()
        least, factor = (
            (POLL_SECONDS, POLL_FACTOR) if self._poll else (SAFETY_SECONDS, SAFETY_FACTOR)
        )
        self._next_walk = now + max(least, factor * (now - begun))
