"""Files assembled on disk: a part in a folder of its own, which takes its place when complete."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged, NotStored, StreamError
from jupyter_stream.files.ledger import STATE_FOLDER
from jupyter_stream.files.receiving.directories import (
    TargetDirectories,
    refuse_directory,
    sync_directory,
)
from jupyter_stream.files.receiving.kept_parts import KeptParts
from jupyter_stream.files.receiving.mapped_content import MappedContent
from jupyter_stream.files.receiving.on_disk import brought_to_disk, is_there, move
from jupyter_stream.files.receiving.open_parts import OpenParts, read_at, reserve, write_at
from jupyter_stream.files.receiving.part import Placed
from jupyter_stream.files.receiving.parts_folder import PartsFolder
from jupyter_stream.files.stamp import Stamp, stamp_of
from jupyter_stream.files.system_refusals import as_not_stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jupyter_stream.files.receiving.part import Traits
    from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile

PATIENCE_SECONDS = 0.2
_READ_BYTES = 1024 * 1024
_RESERVED_BYTES = 64 * 1024 * 1024
_SMALL_BYTES = 64 * 1024


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
        self.directory = _made(directory)
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
        return DiskPart(self, path, capacity)

    def make_folder(self) -> None:
        """Make the folder of parts again if somebody removed it, but not the directory itself."""
        if self.directory.exists():
            self.parts.make()

    def place(self, parts: Sequence[DiskPart]) -> list[Placed | StreamError]:
        """Give parts their names; only when the directories are safe, too, a file is in place."""
        directories = TargetDirectories(self.directory)
        outcomes = [_appeared(part, directories) for part in parts]
        changed = {path for part in parts for path in part.changed}
        refused = {path: error for path in changed if (error := _refusal_to_sync(path))}
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
    """A file that is being put together.

    A small file that comes as a whole is written when it is sealed, in a thread: creating many
    files one after another takes long while others are brought to the disk.
    """

    def __init__(self, sink: DiskSink, path: str, capacity: int) -> None:
        self._sink = sink
        self._path = path
        self._capacity = capacity
        self._reserved = 0
        self._part = sink.parts.name()
        self._whole: bytes | memoryview | None = None
        self._present = False
        self._stamp = Stamp(0, 0, 0)
        self._placed: Placed | None = None
        self.changed: set[Path] = set()
        self._is_created = False

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Write bytes at their offset.

        Raises
        ------
        NotStored
            The system refuses, for instance because the disk is full.
        FileChanged
            The part was removed by somebody else.
        """
        if len(data) == self._capacity <= _SMALL_BYTES:
            self._whole = data
            return
        self._create_if_missing()
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
        self._present = is_there(f"{self._sink.directory}/{self._path}", traits)
        if not self._present:
            with self._guarded():
                self._stamp = self._brought_to_disk(traits)

    def appear(self, directories: TargetDirectories) -> Placed:
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
            place = self._found if self._present else self._renamed
            self._placed = place(directories)
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

    def _reserve(self, descriptor: int, start: int, stop: int) -> None:
        """Let the system find room for what comes next: that makes writing several times faster.

        Never more than a step ahead of what came, so that a mere claim takes no room.
        """
        if stop <= self._reserved or stop - start == self._capacity:
            return
        length = max(stop - start, min(_RESERVED_BYTES, self._capacity - start))
        reserve(descriptor, start, length)
        self._reserved = start + length

    def _brought_to_disk(self, traits: Traits) -> Stamp:
        try:
            return brought_to_disk(self._part, traits, self._whole)
        except FileNotFoundError:
            if self._whole is None:
                raise
            self._sink.make_folder()
            return brought_to_disk(self._part, traits, self._whole)

    def _create_if_missing(self) -> None:
        if self._is_created:
            return
        with as_not_stored(self._sink.directory / self._path):
            self._sink.make_folder()
            self._sink.open_parts.create(self._part)
        self._is_created = True

    def _found(self, directories: TargetDirectories) -> Placed:
        """Take the file that a crash left in its place."""
        self.abandon()
        target = directories.place_of(self._path)
        self.changed = {target.parent}
        with as_not_stored(target):
            return Placed(MappedContent(target, stamp_of(target.stat())), is_new=False)

    def _renamed(self, directories: TargetDirectories) -> Placed:
        target = directories.place_of(self._path)
        try:
            with self._guarded():
                stamp = move(self._part, target) or self._stamp
        except StreamError:
            directories.forget(self._path)
            refuse_directory(target)
            raise
        self.changed = directories.changed_by(self._path)
        return Placed(MappedContent(target, stamp), is_new=True)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tell a part that is gone from a system that refuses."""
        try:
            with as_not_stored(self._sink.directory / self._path):
                yield
        except NotStored as error:
            can_be_written_again = self._whole is not None
            if can_be_written_again or self._part.exists() or not self._sink.directory.exists():
                raise
            raise FileChanged(
                f"The unfinished part of {self._path!r} was removed; send the file again."
            ) from error


def _made(directory: Path) -> Path:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return directory.resolve(strict=True)
    except OSError as error:
        raise NotStored(
            f"{directory} cannot be used as a directory for files: {error.strerror}; "
            "choose another one"
        ) from error


def _appeared(part: DiskPart, directories: TargetDirectories) -> Placed | StreamError:
    try:
        return part.appear(directories)
    except StreamError as error:
        return error


def _refusal_to_sync(directory: Path) -> NotStored | None:
    try:
        with as_not_stored(directory):
            sync_directory(directory)
    except NotStored as error:
        return error
    return None
