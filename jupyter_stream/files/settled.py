"""Finding files that have stopped changing, by looking again and again."""

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from jupyter_stream.errors import NoSuchPath

_PARTIAL_ENDINGS = (".part", ".tmp", "~")


class _State(NamedTuple):
    """What tells two versions of a file apart. Inodes do not: some network shares change them."""

    size: int
    mtime_ns: int


class _Sighting:
    """A version of a file, since when it is known, and whether it was reported."""

    __slots__ = ("reported", "since", "state")

    def __init__(self, state: _State, since: float) -> None:
        self.state = state
        self.since = since
        self.reported = False


class SettledFiles:
    """Files below a directory whose size and modification time stayed the same for a while.

    Every version of a file is reported once: a file that changes later is reported again. Links
    to files are followed inside the directory only, links to directories never. Names that begin
    with a dot, or end like unfinished downloads (`.part`, `.tmp`, `~`), are left out.

    Parameters
    ----------
    root
        The directory.
    settle_seconds
        How long a file must not have changed; 0 reports it when it is first seen.
    clock
        Seconds that only go forward; tests bring their own.

    Attributes
    ----------
    skipped : dict[Path, str]
        What the latest poll left out, and why.
    """

    def __init__(
        self, root: Path, settle_seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._root = root
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._seen: dict[Path, _Sighting] = {}
        self._device: int | None = None
        self.skipped: dict[Path, str] = {}

    @property
    def unreported(self) -> list[Path]:
        """The files that the latest poll saw, and that were not reported since they changed."""
        return sorted(path for path, sighting in self._seen.items() if not sighting.reported)

    def poll(self) -> list[Path]:
        """Look once, and give the files that have settled since the last time, in order of name.

        Raises
        ------
        NoSuchPath
            The directory is not there, or cannot be listed. What was reported stays reported.
        """
        self.skipped = {}
        now = self._clock()
        self._seen = {path: self._sight(path, state, now) for path, state in self._walk()}
        due = [path for path, sighting in self._seen.items() if self._is_due(sighting, now)]
        for path in due:
            self._seen[path].reported = True
        return sorted(due)

    def forget(self, path: Path) -> None:
        """Report a file once more when it has settled, even if it looks the same."""
        self._seen.pop(path, None)

    def _sight(self, path: Path, state: _State, now: float) -> _Sighting:
        """Give what is known of a file, which begins anew when it has changed."""
        known = self._seen.get(path)
        return known if known and known.state == state else _Sighting(state, now)

    def _is_due(self, sighting: _Sighting, now: float) -> bool:
        return not sighting.reported and now - sighting.since >= self._settle_seconds

    def _walk(self) -> Iterator[tuple[Path, _State]]:
        """Go through all files that count."""
        inside = self._root.resolve()
        directories = yield from self._states(self._list_root(), inside)
        while directories:
            directory = directories.pop()
            try:
                entries = _list(directory)
            except OSError as error:
                yield from self._remember(directory, f"cannot be listed: {error.strerror}")
            else:
                directories += yield from self._states(entries, inside)

    def _list_root(self) -> list[os.DirEntry[str]]:
        try:
            entries, device = _list(self._root), self._root.stat().st_dev
        except OSError as error:
            raise NoSuchPath(
                f"{self._root} is no directory that can be watched ({error.strerror}); "
                "is it mounted?"
            ) from error
        # What is left when a share is unmounted: the place where it was.
        if not entries and self._device not in (None, device):
            raise NoSuchPath(f"{self._root} is empty and on another disk now; is it mounted?")
        self._device = device
        return entries

    def _states(
        self, entries: Iterable[os.DirEntry[str]], inside: Path
    ) -> Generator[tuple[Path, _State], None, list[Path]]:
        """Give size and time of the files among entries, and return the directories."""
        directories = []
        for entry in entries:
            path = Path(entry.path)
            try:
                if reason := _reason_by_name(entry.name) or _reason_by_kind(entry, inside):
                    self.skipped[path] = reason
                elif entry.is_dir(follow_symlinks=False):
                    directories.append(path)
                else:
                    status = entry.stat()
                    yield path, _State(status.st_size, status.st_mtime_ns)
            except FileNotFoundError:
                continue  # It has just vanished.
            except OSError as error:
                yield from self._remember(path, f"cannot be read: {error.strerror}")
        return directories

    def _remember(self, place: Path, reason: str) -> list[tuple[Path, _State]]:
        """Note why a place cannot be looked at, and give its files as known: none is then new."""
        self.skipped[place] = reason
        return [
            (path, sighting.state)
            for path, sighting in self._seen.items()
            if path.is_relative_to(place)
        ]


def _list(directory: Path) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return list(entries)


def _reason_by_name(name: str) -> str:
    if name.startswith("."):
        return "is hidden"
    return "is a partial file, by its name" if name.casefold().endswith(_PARTIAL_ENDINGS) else ""


def _reason_by_kind(entry: os.DirEntry[str], inside: Path) -> str:
    """Say why an entry is no file of this directory; "" if it is one, or a directory."""
    if not entry.is_symlink():
        return "" if entry.is_file() or entry.is_dir() else "is no regular file"
    if entry.is_dir():
        return "is a link to a directory"
    if not entry.is_file():
        return "is a link to nothing, or to no regular file"
    return "" if Path(entry.path).resolve().is_relative_to(inside) else "is a link out of here"
