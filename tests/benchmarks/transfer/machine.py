"""What the figures depend on: the machine, measured where a name says little."""

from __future__ import annotations

import hashlib
import os
import platform
import time
from pathlib import Path
from typing import NamedTuple

import psutil

_MEGABYTE = 10**6
_PROBE_BYTES = 1_000 * _MEGABYTE
_PIECE = 4 * _MEGABYTE
_FILES = 2_000


class Machine(NamedTuple):
    """Facts about the machine; speeds in bytes or files per second."""

    processor: str
    cores: int
    memory: int
    kernel: str
    python: str
    sha512: float
    disk_write: float
    disk_read: float
    files_made: float


def look(folder: Path, probe_bytes: int = _PROBE_BYTES) -> Machine:
    """Look at the machine, and try the disk of a folder.

    Parameters
    ----------
    folder
        Where the probe's files go.
    probe_bytes
        How much is written and read.
    """
    write, read = _disk(folder / "probe.dat", probe_bytes)
    return Machine(
        processor=processor(),
        cores=len(os.sched_getaffinity(0)),
        memory=psutil.virtual_memory().total,
        kernel=f"{platform.system()} {platform.release().split('-')[0]}",
        python=platform.python_version(),
        sha512=_hashing(),
        disk_write=write,
        disk_read=read,
        files_made=_small_files(folder / "probe"),
    )


def processor() -> str:
    """Return what the processor calls itself."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _hashing() -> float:
    data = os.urandom(100 * _MEGABYTE)
    start = time.monotonic()
    hashlib.sha512(data).digest()
    return len(data) / (time.monotonic() - start)


def _disk(path: Path, size: int) -> tuple[float, float]:
    """Write a file and sync it, drop it from the kernel's cache, and read it."""
    piece = os.urandom(_PIECE)
    start = time.monotonic()
    with path.open("wb", buffering=0) as file:
        for _ in range(0, size, _PIECE):
            file.write(piece)
        os.fsync(file)
        written = time.monotonic()
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    read_start = time.monotonic()
    with path.open("rb", buffering=0) as file:
        while file.read(_PIECE):
            pass
    read_end = time.monotonic()
    path.unlink()
    return size / (written - start), size / (read_end - read_start)


def _small_files(folder: Path) -> float:
    """Make and rename files of 10 KB, which is what a download does at least."""
    folder.mkdir()
    content = os.urandom(10_000)
    start = time.monotonic()
    for number in range(_FILES):
        part = folder / f"{number}.part"
        part.write_bytes(content)
        part.rename(folder / f"{number}.dat")
    seconds = time.monotonic() - start
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    return _FILES / seconds
