"""Open unfinished files on disk: kept open for speed, but never too many at a time."""

import os
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

# Far below the 256 open files that some systems allow a process.
_MOST_OPEN = 64
READ_WRITE = os.O_RDWR | getattr(os, "O_BINARY", 0)


class OpenParts:
    """File descriptors of the parts that were used last; others are opened again when needed."""

    def __init__(self) -> None:
        self._descriptors: OrderedDict[Path, int] = OrderedDict()

    def create(self, path: Path) -> None:
        """Create a file that must not exist yet."""
        self._keep(path, os.open(path, READ_WRITE | os.O_CREAT | os.O_EXCL, 0o666))

    def descriptor(self, path: Path) -> int:
        """Give a descriptor for reading and writing, valid until the next call."""
        if path not in self._descriptors:
            self._keep(path, os.open(path, READ_WRITE))
        self._descriptors.move_to_end(path)
        return self._descriptors[path]

    def close(self, path: Path) -> None:
        """Close a file, if it is open."""
        descriptor = self._descriptors.pop(path, None)
        if descriptor is not None:
            os.close(descriptor)

    def close_all(self) -> None:
        """Close all files."""
        for path in list(self._descriptors):
            self.close(path)

    def _keep(self, path: Path, descriptor: int) -> None:
        """Enter a descriptor, closing the one that was not used for the longest time."""
        self._descriptors[path] = descriptor
        if len(self._descriptors) > _MOST_OPEN:
            _, oldest = self._descriptors.popitem(last=False)
            os.close(oldest)


def reserve(descriptor: int, offset: int, length: int) -> None:
    """Ask for room on the disk, where the system can do that.

    A refusal means nothing: whether there is room shows when something is written.
    """
    if hasattr(os, "posix_fallocate"):
        with suppress(OSError):
            os.posix_fallocate(descriptor, offset, length)


def write_at(descriptor: int, data: bytes | memoryview, offset: int) -> None:
    """Write all of `data` at an offset, however little the system takes at a time."""
    rest = memoryview(data)
    while rest:
        written = write_some(descriptor, rest, offset)
        rest = rest[written:]
        offset += written


def pwrite(descriptor: int, data: memoryview, offset: int) -> int:
    """Write some of `data` at an offset in one call, and tell how much."""
    return os.pwrite(descriptor, data, offset)


def seek_and_write(descriptor: int, data: memoryview, offset: int) -> int:
    """Write some of `data` at an offset where the system has no `pwrite`."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.write(descriptor, data)


write_some = pwrite if hasattr(os, "pwrite") else seek_and_write


def read_at(descriptor: int, length: int, offset: int) -> bytes:
    """Read up to `length` bytes at an offset."""
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)
