"""Files assembled on disk: a hidden part beside the target, which replaces it when complete."""

import os
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_stream.errors import FileChanged, NotStored, StreamError
from jupyter_stream.files.directories import (
    make_directories,
    refuse_directory,
    remove_directories,
    sync_directory,
)
from jupyter_stream.files.mapped_content import MappedContent
from jupyter_stream.files.open_parts import OpenParts, read_at, write_at
from jupyter_stream.files.safe_path import PART_SUFFIX, resolve_below
from jupyter_stream.files.stamp import Stamp, stamp_of
from jupyter_stream.files.system_refusals import as_not_stored
from jupyter_stream.files.version import Version

_READ_BYTES = 1024 * 1024
_VERSIONS_KEPT = 10_000


class DiskSink:
    """Takes files into a directory, under the paths that they were sent with.

    A file appears under its name at once and complete, or not at all; its modification time is
    that of the original. Of several versions of a path the newest stays, in whatever order they
    complete.

    Parameters
    ----------
    directory
        Where files go; created if missing. Nothing is written outside it.
    """

    def __init__(self, directory: Path) -> None:
        with as_not_stored(directory):
            directory.mkdir(parents=True, exist_ok=True)
            self.directory = directory.resolve(strict=True)
        self.open_parts = OpenParts()
        self._versions: OrderedDict[Path, Version] = OrderedDict()

    def begin(self, path: str, capacity: int) -> "DiskPart":  # noqa: ARG002 - parts grow
        """Create the part of a file, and the directories that it needs.

        Raises
        ------
        UnsafePath
            The path leads out of the directory, or what it names is taken by something else.
        NotStored
            The system refuses, for instance because the disk is full.
        """
        target = resolve_below(self.directory, path)
        refuse_directory(target)
        return DiskPart(self, target)

    def is_superseded(self, target: Path, version: Version) -> bool:
        """Tell whether a newer version than this one is in its place."""
        known = self._versions.get(target)
        return known is not None and version.is_older_than(known)

    def note(self, target: Path, version: Version) -> None:
        """Remember which version is in a place."""
        self._versions[target] = version
        self._versions.move_to_end(target)
        if len(self._versions) > _VERSIONS_KEPT:
            self._versions.popitem(last=False)


class DiskPart:
    """A file that is being put together beside its target, under a name that no file can have."""

    def __init__(self, sink: DiskSink, target: Path) -> None:
        self._sink = sink
        self._target = target
        self._path = target.with_name(f".{secrets.token_hex(12)}{PART_SUFFIX}")
        self._made = make_directories(sink.directory, target.parent)
        try:
            with as_not_stored(target):
                sink.open_parts.create(self._path)
        except StreamError:
            remove_directories(self._made)
            raise

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
            write_at(self._sink.open_parts.descriptor(self._path), data, offset)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Read the bytes between two offsets, in blocks of 1 MiB."""
        for offset in range(start, stop, _READ_BYTES):
            length = min(_READ_BYTES, stop - offset)
            with self._guarded():
                block = read_at(self._sink.open_parts.descriptor(self._path), length, offset)
            yield block

    def finish(self, size: int, version: Version) -> MappedContent | None:  # noqa: ARG002 - written
        """Put the file in its place, unless a newer version is there: then give None.

        Raises
        ------
        NotStored
            The system refuses; the part stays, and this can be called again.
        FileChanged
            The part was removed by somebody else.
        UnsafePath
            A directory has taken the place of the file.
        """
        if self._sink.is_superseded(self._target, version):
            self.abandon()
            return None
        refuse_directory(self._target)
        with self._guarded():
            stamp = self._appear(version.mtime)
        self._sink.note(self._target, version)
        return MappedContent(self._target, stamp)

    def abandon(self) -> None:
        """Remove the part, and the directories that were made for it."""
        self._sink.open_parts.close(self._path)
        with suppress(OSError):  # Gone with its disk: then there is nothing left to remove.
            self._path.unlink(missing_ok=True)
        remove_directories(self._made)

    def _appear(self, mtime: float | None) -> Stamp:
        """Bring the part safely to the disk, then give it its name in one step."""
        descriptor = self._sink.open_parts.descriptor(self._path)
        os.fsync(descriptor)
        if mtime is not None:
            with suppress(OSError):  # The content counts; network shares may refuse its time.
                os.utime(self._path, (mtime, mtime))
        stamp = stamp_of(os.fstat(descriptor))
        self._sink.open_parts.close(self._path)
        self._path.replace(self._target)
        sync_directory(self._target.parent)
        return stamp

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tell a part that is gone from a system that refuses."""
        try:
            with as_not_stored(self._target):
                yield
        except NotStored as error:
            if self._path.exists() or not self._sink.directory.exists():
                raise
            raise FileChanged(
                f"The unfinished part of {self._target} was removed; send the file again."
            ) from error
