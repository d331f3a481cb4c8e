"""What the operating system tells of changes below a directory."""

from __future__ import annotations

import logging
import os
import sys
from threading import Lock
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watchdog.observers.api import BaseObserver

# What is wrong is told by the job. Without this, an event that comes while the threads end is
# told on the terminal, unless the user has set up logging.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

# Beyond this, looking at the whole directory is less work.
MOST_NAMES = 100_000
_KINDS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class DirectoryEvents(FileSystemEventHandler):
    """Collects the paths below a directory where something happened.

    Parameters
    ----------
    root
        The directory.
    hides
        Says of a relative path whether it is that of an unfinished file.

    Raises
    ------
    OSError
        The operating system does not tell of changes there, or of no more directories.
    """

    def __init__(self, root: Path, hides: Callable[[str], bool]) -> None:
        self._prefix = os.path.join(root, "")  # noqa: PTH118 - the separator at the end counts
        self._hides = hides
        self._lock = Lock()
        self._changed: dict[str, bool] = {}
        self._overflowed = False
        self._observer = _make_observer()
        try:
            self._observer.schedule(self, str(root), recursive=True, event_filter=_KINDS)
            self._observer.start()
        except OSError:
            self._end_unstarted()
            raise

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an event; called by the observer's thread."""
        moved = isinstance(event, FileMovedEvent | DirMovedEvent)
        path = self._relative(event.dest_path if moved else event.src_path)
        if not path or self._hides(path):
            return
        complete = moved and self._was_unfinished(self._relative(event.src_path))
        with self._lock:
            self._changed[path] = self._changed.get(path, False) or complete
            if len(self._changed) > MOST_NAMES:
                self._changed.clear()
                self._overflowed = True

    def take(self) -> dict[str, bool] | None:
        """Give the paths where something happened; None if they were too many to remember.

        Returns
        -------
        dict[str, bool]
            Whether a path had an unfinished file's name before, or came from elsewhere.
        """
        with self._lock:
            changed, self._changed = self._changed, {}
            overflowed, self._overflowed = self._overflowed, False
        return None if overflowed else changed

    @property
    def alive(self) -> bool:
        """Whether changes are told of still."""
        emitters = list(self._observer.emitters)
        return (
            self._observer.is_alive()
            and bool(emitters)
            and all(emitter.is_alive() for emitter in emitters)
        )

    def close(self) -> None:
        """Ask for no more events, and return when the threads are gone."""
        self._observer.stop()
        self._observer.join()

    def _end_unstarted(self) -> None:
        """End the threads of an observer that could not be started."""
        self._observer.unschedule_all()
        self._observer.on_thread_stop()

    def _relative(self, path: bytes | str) -> str:
        """Give a path below the root in posix form; "" if it is elsewhere."""
        text = os.fsdecode(path)
        if not text.startswith(self._prefix):
            return ""
        return text[len(self._prefix) :].replace(os.sep, "/")

    def _was_unfinished(self, source: str) -> bool:
        return not source or self._hides(source)


def _make_observer() -> BaseObserver:
    if sys.platform == "linux":
        from watchdog.observers.inotify import InotifyObserver  # noqa: PLC0415 - Linux has it

        # Else what is moved in from outside looks like a file that is being written.
        return InotifyObserver(generate_full_events=True)
    return Observer()
