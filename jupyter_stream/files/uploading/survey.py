"""The first pass over a file: its hashes, and for a small file its content as well.

The file is read, not mapped: an instrument that truncates a mapped file would end the process.
"""

from __future__ import annotations

import os
import time
import zlib
from array import array
from collections import deque
from dataclasses import dataclass
from hashlib import sha512
from itertools import cycle
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.safe_path import check_path
from jupyter_stream.files.stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor, Future
    from io import FileIO
    from pathlib import Path

# Files up to this size are read once, and kept until they are sent.
KEPT_BYTES = 8 * 2**20
_BLOCK_BYTES = 2**20
_BLOCKS_AHEAD = 4

_Digests = tuple[bytes, "array[int]"]


@dataclass(frozen=True, slots=True)
class Survey:
    """One version of a file, hashed.

    Attributes
    ----------
    file
        Where it is.
    path
        Its relative posix path on the topic.
    stamp
        What it was when it was opened.
    mtime
        Its modification time in epoch seconds.
    hashed_at
        When reading it began, in epoch seconds.
    chunk_size
        Bytes of data in each chunk but the last.
    file_hash
        SHA-512 digest of the content.
    chunk_hashes
        The digests of the chunks, one after the other; 64 bytes each.
    checksums
        CRC-32 of each chunk, that a second pass is compared with; empty if `content` is kept.
    content
        All bytes of a small file; None for a large one.
    """

    file: Path
    path: str
    stamp: Stamp
    mtime: float
    hashed_at: float
    chunk_size: int
    file_hash: bytes
    chunk_hashes: bytes
    checksums: array[int]
    content: bytes | None

    @property
    def total(self) -> int:
        """The number of chunks; an empty file is one empty chunk."""
        return max(1, -(-self.stamp.size // self.chunk_size))


def survey(
    file: Path,
    path: str,
    chunk_size: int,
    hashing: Executor,
    checkpoint: Callable[[], None] = lambda: None,
) -> Survey:
    """Hash a file: the whole of it in this thread, its chunks in others at the same time.

    Parameters
    ----------
    file
        Where it is.
    path
        Its relative posix path on the topic.
    chunk_size
        Bytes of data in each chunk but the last.
    hashing
        The threads for the chunks.
    checkpoint
        Called every MiB; may wait, and may raise to give up.

    Raises
    ------
    FileChanged
        The file changed in the meantime; look at it again.
    UnsafePath
        Readers on some platform would refuse the path; rename the file.
    OSError
        The file cannot be read.
    """
    check_path(path)
    checkpoint()
    hashed_at = time.time()
    with file.open("rb", buffering=0) as opened:
        status = os.fstat(opened.fileno())
        stamp = stamp_of(status)
        if stamp.size <= KEPT_BYTES:
            content = full_read(opened, stamp.size)
            file_hash = sha512(content).digest()
            several = stamp.size > chunk_size
            hashes = _digests(content, chunk_size)[0] if several else file_hash
            checksums = array("I")
        else:
            content = None
            file_hash, hashes, checksums = _hashed(opened, chunk_size, hashing, checkpoint)
        length = opened.tell()
    # Asked by name: another file may have taken the place.
    check_unchanged(file, stamp)
    # Network shares may go on telling a size that is no longer true.
    if length != stamp.size:
        raise FileChanged(f"{file} gave {length} of its {stamp.size} bytes; send it again.")
    return Survey(
        file,
        path,
        stamp,
        status.st_mtime,
        hashed_at,
        chunk_size,
        file_hash,
        hashes,
        checksums,
        content,
    )


def check_unchanged(file: Path, stamp: Stamp) -> None:
    """Look whether a file is still the one that was opened, and was not written to.

    Parameters
    ----------
    file
        Where it is.
    stamp
        What it was.

    Raises
    ------
    FileChanged
        It is another, or looks as if it had been written to.
    """
    if stamp_of(file.stat()) != stamp:
        raise FileChanged(f"{file} changed while it was read; send it again.")


def full_read(opened: FileIO, size: int) -> bytes:
    """Read a block, or what is left; reads of some file systems give less at once.

    Parameters
    ----------
    opened
        The file.
    size
        Bytes of the block.
    """
    block = opened.read(size)
    while block and len(block) < size and (more := opened.read(size - len(block))):
        block += more
    return block


def full_read_into(opened: FileIO, buffer: memoryview) -> memoryview:
    """Fill a buffer, or as much of it as is left of the file; give what was filled.

    Parameters
    ----------
    opened
        The file.
    buffer
        Where to; used again and again, because fresh memory costs more than reading.
    """
    length = 0
    while length < len(buffer) and (more := opened.readinto(buffer[length:])):
        length += more
    return buffer[:length]


def _hashed(
    opened: FileIO, chunk_size: int, hashing: Executor, checkpoint: Callable[[], None]
) -> tuple[bytes, bytes, array[int]]:
    """Hash a large file block by block; a block is some chunks, so that handing on is cheap."""
    block_size = chunk_size * max(1, _BLOCK_BYTES // chunk_size)
    # One more than can be with the threads.
    buffers = cycle([memoryview(bytearray(block_size)) for _ in range(_BLOCKS_AHEAD + 1)])
    whole = sha512()
    hashes, checksums = bytearray(), array("I")
    ahead: deque[Future[_Digests]] = deque()
    while block := full_read_into(opened, next(buffers)):
        checkpoint()
        ahead.append(hashing.submit(_digests, block, chunk_size))
        whole.update(block)
        if len(ahead) >= _BLOCKS_AHEAD:
            _take_in([ahead.popleft()], hashes, checksums)
    _take_in(ahead, hashes, checksums)
    return whole.digest(), bytes(hashes), checksums


def _take_in(done: Iterable[Future[_Digests]], hashes: bytearray, checksums: array[int]) -> None:
    for future in done:
        some_hashes, some_checksums = future.result()
        hashes += some_hashes
        checksums.extend(some_checksums)


def _digests(block: bytes | memoryview, chunk_size: int) -> _Digests:
    """Hash the chunks of a block, and compute their checksums."""
    view = memoryview(block)
    chunks = [view[start : start + chunk_size] for start in range(0, len(block), chunk_size)]
    hashes = b"".join(sha512(chunk).digest() for chunk in chunks)
    return hashes, array("I", map(zlib.crc32, chunks))
