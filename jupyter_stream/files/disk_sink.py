"""Files assembled on disk: a part in a folder of its own, which takes its place when complete."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from hashlib import file_digest
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged, NotStored, StreamError
from jupyter_stream.files.directories import (
    make_directories,
    refuse_directory,
    remove_directories,
    sync_directory,
)
from jupyter_stream.files.kept_parts import KeptParts
from jupyter_stream.files.ledger import STATE_FOLDER
from jupyter_stream.files.mapped_content import MappedContent
from jupyter_stream.files.open_parts import OpenParts, read_at, reserve, write_at
from jupyter_stream.files.part import Placed
from jupyter_stream.files.parts_folder import PartsFolder
from jupyter_stream.files.safe_path import PART_SUFFIX, resolve_below
from jupyter_stream.files.stamp import stamp_of
from jupyter_stream.files.system_refusals import as_not_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jupyter_stream.files.part import Traits
    from jupyter_stream.files.unfinished_file import UnfinishedFile

PATIENCE_SECONDS = 0.2
_READ_BYTES = 1024 * 1024
_RESERVED_BYTES = 64 * 1024 * 1024
# What file systems keep of a time, at the least.
_TIME_SECONDS = 2.0


class DiskSink:
    """Takes files into a directory, under the paths that they were sent with.

    A file appears under its name at once and complete, or not at all; its modification time is
    that of the original.

    Parameters
    ----------
    directory
        Where files go; created if missing. Nothing is written outside it.

    Raises
    ------
    NotStored
        The directory cannot be made, or not be written to.
    """

    patience = PATIENCE_SECONDS

    def __init__(self, directory: Path) -> None:
        with as_not_stored(directory):
            directory.mkdir(parents=True, exist_ok=True)
            self.directory = directory.resolve(strict=True)
        state = self.directory / STATE_FOLDER
        self.parts = PartsFolder(state / "parts")
        self.kept = KeptParts(state / "unfinished")
        self.open_parts = OpenParts()

    def begin(self, path: str, capacity: int) -> DiskPart:
        """Create the part of a file; whether its name can be taken shows at the end.

        Raises
        ------
        NotStored
            The system refuses, for instance because the disk is full.
        """
        if self.directory.exists():
            self.parts.make()
        return DiskPart(self, path, capacity)

    def place(self, parts: Sequence[DiskPart]) -> list[Placed | StreamError]:
        """Give parts their names; only when the directories are safe, too, a file is in place."""
        outcomes = [_appeared(part) for part in parts]
        directories = {path for part in parts for path in part.changed}
        refused = {path: error for path in directories if (error := _refusal_to_sync(path))}
        for number, part in enumerate(parts):
            errors = [refused[path] for path in part.changed if path in refused]
            if errors and isinstance(outcomes[number], Placed):
                outcomes[number] = errors[0]
        return outcomes

    def close(self) -> None:
        """Remove the folder of parts."""
        self.open_parts.close_all()
        self.parts.close()


class DiskPart:
    """A file that is being put together."""

    def __init__(self, sink: DiskSink, path: str, capacity: int) -> None:
        self._sink = sink
        self._path = path
        self._capacity = capacity
        self._reserved = 0
        self._part = sink.parts.path / secrets.token_hex(12)
        self._present = False
        self._placed: Placed | None = None
        self.changed: set[Path] = set()
        with as_not_stored(sink.directory / path):
            sink.open_parts.create(self._part)

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Write bytes at their offset.

        Raises
        ------
        NotStored
            The system refuses, for instance because the disk is full.
        FileChanged
            The part was removed by somebody else.
        """
        with self._guarded():
            descriptor = self._sink.open_parts.descriptor(self._part)
            self._reserve(descriptor, offset, offset + len(data))
            write_at(descriptor, data, offset)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Read the bytes between two offsets, in blocks of 1 MiB; in any thread."""
        with self._guarded(), self._part.open("rb", buffering=0) as file:
            for offset in range(start, stop, _READ_BYTES):
                yield read_at(file.fileno(), min(_READ_BYTES, stop - offset), offset)

    def seal(self, traits: Traits) -> None:
        """Bring the part safely to the disk, unless the very same file is there; in any thread.

        Raises
        ------
        NotStored
            The system refuses; this can be called again.
        FileChanged
            The part was removed by somebody else.
        """
        if self._placed is not None:
            return
        self._present = _is_there(self._sink.directory / self._path, traits)
        if not self._present:
            with self._guarded():
                _bring_to_disk(self._part, traits)

    def appear(self) -> Placed:
        """Give the part its name in one step.

        Raises
        ------
        UnsafePath
            A directory has taken the place of the file, or a file that of a directory.
        NotStored
            The system refuses; this can be called again.
        FileChanged
            The part was removed by somebody else.
        """
        if self._placed is None:
            self._sink.open_parts.close(self._part)
            self._placed = self._found() if self._present else self._renamed()
        return self._placed

    def abandon(self) -> None:
        """Remove the part."""
        self._sink.open_parts.close(self._part)
        with suppress(OSError):  # Gone with its disk: then there is nothing left to remove.
            self._part.unlink(missing_ok=True)

    def give_up(self, report: UnfinishedFile) -> str:
        """Keep what came, and say where."""
        self._sink.open_parts.close(self._part)
        return self._sink.kept.take(self._part, report)

    def _target(self) -> Path:
        return resolve_below(self._sink.directory, self._path)

    def _reserve(self, descriptor: int, start: int, stop: int) -> None:
        """Let the system find room for what comes next: that makes writing several times faster.

        Never more than a step ahead of what came, so that a mere claim takes no room.
        """
        if stop <= self._reserved or stop - start == self._capacity:
            return
        length = max(stop - start, min(_RESERVED_BYTES, self._capacity - start))
        reserve(descriptor, start, length)
        self._reserved = start + length

    def _found(self) -> Placed:
        """Take the file that a crash left in its place."""
        self.abandon()
        target = self._target()
        with as_not_stored(target):
            self.changed = {target.parent}
            return Placed(MappedContent(target, stamp_of(target.stat())), is_new=False)

    def _renamed(self) -> Placed:
        target = self._target()
        made = make_directories(self._sink.directory, target.parent)
        try:
            with self._guarded():
                move(self._part, target)
                stamp = stamp_of(target.stat())
        except StreamError:
            remove_directories(made)
            refuse_directory(target)
            raise
        self.changed = {target.parent, *(path.parent for path in made)}
        return Placed(MappedContent(target, stamp), is_new=True)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tell a part that is gone from a system that refuses."""
        try:
            with as_not_stored(self._sink.directory / self._path):
                yield
        except NotStored as error:
            if self._part.exists() or not self._sink.directory.exists():
                raise
            raise FileChanged(
                f"The unfinished part of {self._path!r} was removed; send the file again."
            ) from error


def move(part: Path, target: Path) -> None:
    """Give a part its name in one step, also where a directory is on another disk."""
    try:
        part.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{part.name}{PART_SUFFIX}")
        try:
            shutil.copy2(part, beside)
            _sync_file(beside)
            beside.replace(target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        part.unlink()


def _appeared(part: DiskPart) -> Placed | StreamError:
    try:
        return part.appear()
    except StreamError as error:
        return error


def _refusal_to_sync(directory: Path) -> NotStored | None:
    try:
        with as_not_stored(directory):
            sync_directory(directory)
    except NotStored as error:
        return error
    return None


def _is_there(target: Path, traits: Traits) -> bool:
    """Tell whether a file with this very content and time is in its place."""
    try:
        status = target.lstat()
        is_alike = status.st_size == traits.size and (
            traits.mtime is None or abs(status.st_mtime - traits.mtime) <= _TIME_SECONDS
        )
        if not is_alike or not stat.S_ISREG(status.st_mode):
            return False
        with target.open("rb") as file:
            return file_digest(file, "sha512").digest() == traits.sha512
    except OSError:
        return False


def _bring_to_disk(part: Path, traits: Traits) -> None:
    """Give a part its final length and time, and wait until the disk has it."""
    with part.open("rb+", buffering=0) as file:
        if os.fstat(file.fileno()).st_size != traits.size:
            file.truncate(traits.size)
        if traits.mtime is not None:
            with suppress(OSError):  # The content counts; network shares may refuse its time.
                os.utime(part, (traits.mtime, traits.mtime))
        os.fsync(file.fileno())


def _sync_file(path: Path) -> None:
    # Systems differ in whether a file that is only read may be synced.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
