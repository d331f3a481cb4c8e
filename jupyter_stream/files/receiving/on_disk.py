"""Parts on a disk: brought there safely, recognised, and given their names."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from hashlib import file_digest
from threading import Lock
from typing import TYPE_CHECKING

from jupyter_stream.files.receiving.open_parts import READ_WRITE, write_at
from jupyter_stream.files.safe_path import PART_SUFFIX
from jupyter_stream.files.stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.files.receiving.part import Traits

# What file systems keep of a time, at the least.
_TIME_SECONDS = 2.0
_BY_DESCRIPTOR = os.utime in os.supports_fd
_creating = Lock()


def move(part: Path, target: Path) -> Stamp | None:
    """Give a part its name in one step, also where a directory is on another disk.

    Returns
    -------
    Stamp | None
        The stamp of the copy on the other disk; None if the part itself was moved.
    """
    try:
        os.replace(part, target)  # noqa: PTH105 - half the time of Path.replace
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return _copied(part, target)
    return None


def _copied(part: Path, target: Path) -> Stamp:
    beside = target.with_name(f".{part.name}{PART_SUFFIX}")
    try:
        shutil.copy2(part, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    part.unlink()
    return stamp_of(target.stat())


def is_there(target: str, traits: Traits) -> bool:
    """Tell whether a file with this very content and time is in its place."""
    try:
        status = os.lstat(target)
        is_alike = status.st_size == traits.size and (
            traits.mtime is None or abs(status.st_mtime - traits.mtime) <= _TIME_SECONDS
        )
        if not is_alike or not stat.S_ISREG(status.st_mode):
            return False
        with open(target, "rb") as file:  # noqa: PTH123 - a path costs more than all the rest
            return file_digest(file, "sha512").digest() == traits.sha512
    except OSError:
        return False


def brought_to_disk(part: Path, traits: Traits, whole: bytes | memoryview | None) -> Stamp:
    """Give a part its content, if it has none yet, its length and its time; then sync it."""
    descriptor = _opened(part, create=whole is not None)
    try:
        if whole is not None:
            write_at(descriptor, whole, 0)
        elif os.fstat(descriptor).st_size != traits.size:
            os.ftruncate(descriptor, traits.size)
        if traits.mtime is not None:
            with suppress(OSError):  # The content counts; network shares may refuse its time.
                os.utime(descriptor if _BY_DESCRIPTOR else part, (traits.mtime, traits.mtime))
        os.fsync(descriptor)
        return stamp_of(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _opened(part: Path, *, create: bool) -> int:
    if not create:
        return os.open(part, READ_WRITE)
    # Threads that create files in one directory wait for each other inside the system, busily.
    with _creating:
        return os.open(part, READ_WRITE | os.O_CREAT | os.O_TRUNC, 0o666)
