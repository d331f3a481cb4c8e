"""Finding files that have stopped changing, by looking again and again."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
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
    to files are followed inside the directory only, links to directories never.

    Parameters
    ----------
    root
        The directory.
    settle_seconds
        How long a file must not have changed; 0 reports it when it is first seen.
    include_hidden
        Whether names that begin with a dot count.
    include_partial
        Whether names count that end like unfinished downloads (`.part`, `.tmp`, `~`).
    clock
        Seconds that only go forward; tests bring their own.

    Attributes
    ----------
    skipped : dict[Path, str]
        What the latest poll left out, and why.
    """

    def __init__(
        self,
        root: Path,
        settle_seconds: float,
        *,
        include_hidden: bool = False,
        include_partial: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._settle_seconds = settle_seconds
        self._include_hidden = include_hidden
        self._include_partial = include_partial
        self._clock = clock
        self._seen: dict[Path, _Sighting] = {}
        self.skipped: dict[Path, str] = {}

    def poll(self) -> list[Path]:
        """Look once, and give the files that have settled since the last time, in order of name.

        Raises
        ------
        NoSuchPath
            The directory is not there, or is none.
        """
        if not self._root.is_dir():
            raise NoSuchPath(f"{self._root} is no directory that can be watched; is it mounted?")
        self.skipped = {}
        now = self._clock()
        self._seen = {path: self._sight(path, state, now) for path, state in self._walk()}
        due = [path for path, sighting in self._seen.items() if self._is_due(sighting, now)]
        for path in due:
            self._seen[path].reported = True
        return sorted(due)

    def _sight(self, path: Path, state: _State, now: float) -> _Sighting:
        """Give what is known of a file, which begins anew when it has changed."""
        known = self._seen.get(path)
        return known if known and known.state == state else _Sighting(state, now)

    def _is_due(self, sighting: _Sighting, now: float) -> bool:
        return not sighting.reported and now - sighting.since >= self._settle_seconds

    def _walk(self) -> Iterator[tuple[Path, _State]]:
        """Go through all files that count."""
        inside = self._root.resolve()
        directories = [self._root]
        while directories:
            directory = directories.pop()
            try:
                entries = _list(directory)
            except OSError as error:
                self.skipped[directory] = f"cannot be listed: {error.strerror}"
                yield from self._remembered_below(directory)
                continue
            counting = [entry for entry in entries if self._counts(entry, inside)]
            directories += [Path(entry.path) for entry in counting if _is_directory(entry)]
            yield from self._states(entry for entry in counting if not _is_directory(entry))

    def _counts(self, entry: os.DirEntry[str], inside: Path) -> bool:
        """Tell whether an entry counts; if not, note why."""
        reason = self._reason_by_name(entry.name) or _reason_by_kind(entry, inside)
        if reason:
            self.skipped[Path(entry.path)] = reason
        return not reason

    def _reason_by_name(self, name: str) -> str:
        if name.startswith(".") and not self._include_hidden:
            return "is hidden"
        if name.casefold().endswith(_PARTIAL_ENDINGS) and not self._include_partial:
            return "is a partial file, by its name"
        return ""

    def _states(self, entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[Path, _State]]:
        """Give size and time of files; one that has just vanished is left out."""
        for entry in entries:
            with suppress(FileNotFoundError):
                status = entry.stat()
                yield Path(entry.path), _State(status.st_size, status.st_mtime_ns)

    def _remembered_below(self, directory: Path) -> list[tuple[Path, _State]]:
        """Give the files of a directory that cannot be listed now, so that none counts as new."""
        return [
            (path, sighting.state)
            for path, sighting in self._seen.items()
            if path.is_relative_to(directory)
        ]


def _list(directory: Path) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return list(entries)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _reason_by_kind(entry: os.DirEntry[str], inside: Path) -> str:
    """Say why an entry is no file of this directory; "" if it is one, or a directory."""
    if not entry.is_symlink():
        return "" if entry.is_file() or entry.is_dir() else "is no regular file"
    if entry.is_dir():
        return "is a link to a directory"
    if not entry.is_file():
        return "is a link to nothing, or to no regular file"
    return "" if Path(entry.path).resolve().is_relative_to(inside) else "is a link out of here"
