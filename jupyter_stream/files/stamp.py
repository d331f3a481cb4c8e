"""Noticing that a file was replaced or written to, without reading it."""

import os
from typing import NamedTuple


class Stamp(NamedTuple):
    """What changes when a file is replaced or written to."""

    inode: int
    size: int
    mtime_ns: int


def stamp_of(status: os.stat_result) -> Stamp:
    """Take the stamp of a file from its status."""
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)
