"""Cutting a file into chunks: one pass hashes it, a second one sends it.

The file is read, not mapped: an instrument that truncates a mapped file would end the process.

What is guaranteed: all chunks of one call are of one content. A reader checks the hash of the
whole file, so a file that changed in between could never be received wrongly; but it could also
never be completed, and nobody at this end would know. Therefore the second pass is compared
with the first: by inode, size and time before and after, and by a checksum of the content,
which notices what file systems with coarse times or network shares hide. The last chunk is given
only after that comparison.
"""

import os
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha512
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.safe_path import check_path
from jupyter_stream.files.stamp import Stamp, stamp_of
from jupyter_stream.formats.chunk import Chunk

CHUNK_BYTES = 524288
_HASH_BLOCK_BYTES = 1024 * 1024


def split(
    path: Path, root: Path, *, chunk_size: int = CHUNK_BYTES, append: str = ""
) -> Iterator[Chunk]:
    """Cut a file into chunks; an empty file is one empty chunk.

    Parameters
    ----------
    path
        The file.
    root
        The directory that the path in the chunks is relative to.
    chunk_size
        Bytes of data in each chunk but the last.
    append
        Text that readers put before the last suffix of the name.

    Yields
    ------
    Chunk
        The chunks in order; each owns its data.

    Raises
    ------
    FileChanged
        The file changed in the meantime; start again to send it as a new version.
    UnsafePath
        Readers on some platform would refuse the path; rename the file.
    ValueError
        The file is not below the root.
    OSError
        The file cannot be read.
    """
    relative = path.relative_to(root)
    subdir = "" if relative.parent == Path() else relative.parent.as_posix()
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        blank = Chunk(
            filename=relative.name,
            file_hash=b"",
            chunk_hash=b"",
            offset=0,
            index=1,
            total=max(1, -(-status.st_size // chunk_size)),
            subdir=subdir,
            append=append,
            data=b"",
            mtime=status.st_mtime,
        )
        check_path(blank.path)
        source = _Source(path, file, stamp_of(status), chunk_size)
        if blank.total == 1:
            yield _only_chunk(source, blank)
        else:
            yield from _chunks(source, blank)


class _Source(NamedTuple):
    """An open file, and what it was when it was opened."""

    path: Path
    file: BufferedReader
    stamp: Stamp
    chunk_size: int

    def check_unchanged(self) -> None:
        """Raise FileChanged if the file is another, or looks as if it had been written to."""
        if stamp_of(self.path.stat()) != self.stamp:
            raise FileChanged(f"{self.path} changed while it was read; send it again.")

    def read(self, offset: int) -> bytes:
        """Read the chunk at an offset."""
        expected = min(self.chunk_size, self.stamp.size - offset)
        data = self.file.read(expected)
        if len(data) < expected:
            raise FileChanged(f"{self.path} became shorter while it was read; send it again.")
        return data


def _only_chunk(source: _Source, blank: Chunk) -> Chunk:
    """Read and hash a small file in one go."""
    data = source.read(0)
    source.check_unchanged()
    digest = sha512(data).digest()
    return replace(blank, file_hash=digest, chunk_hash=digest, data=data)


def _chunks(source: _Source, blank: Chunk) -> Iterator[Chunk]:
    """Hash a file, then read it again in chunks."""
    file_hash, expected = _survey(source)
    source.file.seek(0)
    checksum = 0
    for index in range(1, blank.total + 1):
        offset = (index - 1) * source.chunk_size
        data = source.read(offset)
        checksum = zlib.crc32(data, checksum)
        if index == blank.total:
            source.check_unchanged()
            if checksum != expected:
                raise FileChanged(f"{source.path} changed while it was sent; send it again.")
        yield replace(
            blank,
            file_hash=file_hash,
            chunk_hash=sha512(data).digest(),
            offset=offset,
            index=index,
            data=data,
        )


def _survey(source: _Source) -> tuple[bytes, int]:
    """Hash a whole file, and compute the checksum that the second pass is compared with."""
    digest, checksum = sha512(), 0
    buffer = memoryview(bytearray(_HASH_BLOCK_BYTES))
    while count := source.file.readinto(buffer):
        digest.update(buffer[:count])
        checksum = zlib.crc32(buffer[:count], checksum)
    source.check_unchanged()
    return digest.digest(), checksum
