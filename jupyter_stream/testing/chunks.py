"""Chunks made from bytes, for tests that need no file on disk."""

from hashlib import sha512

from jupyter_stream.formats.chunk import Chunk


def chunks_of(
    data: bytes,
    path: str = "hello.txt",
    *,
    chunk_size: int = 8,
    append: str = "",
    mtime: float | None = 1700000000.25,
) -> list[Chunk]:
    """Cut bytes into chunks, in order.

    Parameters
    ----------
    data
        The content of the file.
    path
        Relative posix path, without `append`.
    chunk_size
        Bytes in each chunk but the last.
    append
        Text that goes before the last suffix of the name.
    mtime
        Modification time in epoch seconds.
    """
    subdir, _, filename = path.rpartition("/")
    starts = range(0, max(len(data), 1), chunk_size)
    pieces = [data[start : start + chunk_size] for start in starts]
    return [
        Chunk(
            filename=filename,
            file_hash=sha512(data).digest(),
            chunk_hash=sha512(piece).digest(),
            offset=start,
            index=index,
            total=len(pieces),
            subdir=subdir,
            append=append,
            data=piece,
            mtime=mtime,
        )
        for index, (start, piece) in enumerate(zip(starts, pieces, strict=True), start=1)
    ]
