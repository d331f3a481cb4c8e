"""Cutting a file into chunks: one pass hashes it, a second one sends it.

What is guaranteed: all chunks of one survey are of one content. A reader checks the hash of the
whole file, so a file that changed in between could never be received wrongly; but it could also
never be completed, and nobody at this end would know. Therefore the second pass is compared
with the first: by inode, size and time before and after, and by a checksum of each chunk,
which notices what file systems with coarse times or network shares hide. The last chunk is given
only after that comparison.
"""

from __future__ import annotations

import os
import posixpath
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.stamp import stamp_of
from jupyter_stream.files.uploading.survey import Survey, check_unchanged, full_read_into, survey
from jupyter_stream.formats.chunk import HASH_BYTES, Chunk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK_BYTES = 524288


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
    name = path.relative_to(root).as_posix()
    with ThreadPoolExecutor(1) as hashing:
        surveyed = survey(path, name, chunk_size, hashing)
    for chunk in chunks(surveyed):
        yield replace(chunk, append=append, data=bytes(chunk.data))


def chunks(surveyed: Survey) -> Iterator[Chunk]:
    """Give the chunks of a file that was surveyed; a large one is read once more.

    The data of a chunk are there until the next one is asked for.

    Parameters
    ----------
    surveyed
        The file.

    Raises
    ------
    FileChanged
        The file is not any more what it was.
    OSError
        The file cannot be read.
    """
    subdir, filename = posixpath.split(surveyed.path)
    blank = Chunk(
        filename=filename,
        file_hash=surveyed.file_hash,
        chunk_hash=surveyed.chunk_hashes,
        offset=0,
        index=1,
        total=surveyed.total,
        subdir=subdir,
        append="",
        data=surveyed.content or b"",
        mtime=surveyed.mtime,
    )
    if blank.total == 1 and surveyed.content is not None:
        yield blank
        return
    for index, data in enumerate(_pieces(surveyed)):
        yield replace(
            blank,
            chunk_hash=surveyed.chunk_hashes[index * HASH_BYTES : (index + 1) * HASH_BYTES],
            offset=index * surveyed.chunk_size,
            index=index + 1,
            data=data,
        )


def _pieces(surveyed: Survey) -> Iterator[bytes | memoryview]:
    if surveyed.content is None:
        yield from _read_again(surveyed)
        return
    view = memoryview(surveyed.content)
    for start in range(0, len(view), surveyed.chunk_size):
        yield view[start : start + surveyed.chunk_size]


def _read_again(surveyed: Survey) -> Iterator[memoryview]:
    """Read a file in chunks, and compare each with what it was."""
    with surveyed.file.open("rb", buffering=0) as file:
        if stamp_of(os.fstat(file.fileno())) != surveyed.stamp:
            raise FileChanged(f"{surveyed.file} changed before it was sent; send it again.")
        buffer = memoryview(bytearray(surveyed.chunk_size))
        for index, expected in enumerate(surveyed.checksums):
            rest = surveyed.stamp.size - index * surveyed.chunk_size
            data = full_read_into(file, buffer[:rest])
            if zlib.crc32(data) != expected:
                raise FileChanged(f"{surveyed.file} changed while it was sent; send it again.")
            if index == surveyed.total - 1:
                check_unchanged(surveyed.file, surveyed.stamp)
            yield data
