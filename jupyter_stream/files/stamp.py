"""Noticing that a file was replaced or written to, without reading it."""

import os
from typing import NamedTuple


class FileState(NamedTuple):
    """What tells two versions of a file apart. Inodes do not: some network shares change them."""

    size: int
    mtime_ns: int


class Stamp(NamedTuple):
    """What changes when a file is replaced or written to while we read it."""

    inode: int
    size: int
    mtime_ns: int

    @property
    def state(self) -> FileState:
        """What stays the same when the file is looked at another time."""
        return FileState(self.size, self.mtime_ns)


def stamp_of(status: os.stat_result) -> Stamp:
    """Take the stamp of a file from its status."""
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)
