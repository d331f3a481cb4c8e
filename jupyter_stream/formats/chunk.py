"""File chunks as OpenMSIStream writes them: one msgpack array of 10 (or 9) fields a record.

Reading takes no memory on a claim: texts are limited, containers refused, and the data of a
chunk are a view of the record itself.
"""

import math
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha512
from typing import Any, Literal

import msgpack

from jupyter_stream.errors import BadChunk, NotAChunk

HASH_BYTES = 64
MAX_TEXT_BYTES = 4096
_HEAD_BYTES = 3 * (MAX_TEXT_BYTES + 5) + 2 * (HASH_BYTES + 5) + 3 * 9 + 5
_LIMITS = {
    "raw": True,
    "max_str_len": MAX_TEXT_BYTES,
    "max_bin_len": MAX_TEXT_BYTES,
    "max_array_len": 0,
    "max_map_len": 0,
    "max_ext_len": 0,
}
_LENGTH_WIDTHS = {0xC4: 1, 0xD9: 1, 0xC5: 2, 0xDA: 2, 0xC6: 4, 0xDB: 4}
_ARRAY_OF = {9: b"\x99", 10: b"\x9a"}
_ARRAY_TAGS = frozenset({0x99, 0x9A, 0xDC, 0xDD})
# What datetime can show, years 1 to 9999: anything else is no modification time of a file.
_EARLIEST, _LATEST = -62135596800.0, 253402300799.0


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a file, with all that is needed to put it in its place.

    Attributes
    ----------
    filename
        Base name, without `append`.
    file_hash, chunk_hash
        SHA-512 digests (64 bytes) of the whole file and of `data`.
    offset
        Where `data` begins in the file, in bytes.
    index, total
        Position among the chunks of the file, counted from 1, and their number.
    subdir
        Relative posix directory, "" at the root.
    append
        Text that goes before the last suffix of the name, often "".
    data
        The bytes; a view of the record when the chunk was read from one.
    mtime
        Modification time of the file in epoch seconds; None if unknown.
    """

    filename: str
    file_hash: bytes
    chunk_hash: bytes
    offset: int
    index: int
    total: int
    subdir: str
    append: str
    data: bytes | memoryview
    mtime: float | None

    @property
    def path(self) -> str:
        """The relative posix path of the file, as it was sent: not yet checked for safety."""
        stem, suffix = posixpath.splitext(self.filename)
        name = f"{stem}{self.append}{suffix}"
        return f"{self.subdir}/{name}" if self.subdir else name


def chunk_key(chunk: Chunk) -> bytes:
    """Give the record key that other readers of the format expect."""
    directory = chunk.subdir.replace("/", "_")
    return f"{directory}_{chunk.filename}_chunk_{chunk.index}_of_{chunk.total}".encode()


def pack_chunk(chunk: Chunk, fields: Literal[9, 10] = 10) -> bytes:
    """Pack a chunk into a record value; `data` are copied once.

    Parameters
    ----------
    chunk
        What to pack.
    fields
        10 with the modification time, 9 for readers up to OpenMSIStream 1.8.6.
    """
    head = msgpack.packb(
        (
            chunk.filename,
            chunk.file_hash,
            chunk.chunk_hash,
            chunk.offset,
            chunk.index,
            chunk.total,
            chunk.subdir,
            chunk.append,
        )
    )
    tail = msgpack.packb(chunk.mtime or 0.0) if fields == 10 else b""  # noqa: PLR2004
    header = _bin_header(len(chunk.data))
    return b"".join((_ARRAY_OF[fields], head[1:], header, chunk.data, tail))


def unpack_chunk(value: bytes | None) -> Chunk:
    """Read a record value as a file chunk, without copying its data.

    The hash of the data is not checked here: see `verify`.

    Parameters
    ----------
    value
        The value of a record; None for a record without one.

    Raises
    ------
    NotAChunk
        The value is something else: its shape is not that of a chunk.
    BadChunk
        The value has the shape of a chunk, and a field that cannot be right.
    """
    if not value or value[0] not in _ARRAY_TAGS:
        raise NotAChunk("The record is no file chunk: its value is no array of 9 or 10.")
    view = memoryview(value)
    reader = msgpack.Unpacker(max_buffer_size=_HEAD_BYTES, **_LIMITS)
    reader.feed(view[:_HEAD_BYTES])
    count, filename, (file_hash, chunk_hash) = _read_signature(reader)
    (offset, index, total), subdir, append = _read_place(reader)
    start, end = _data_span(view, reader.tell())
    chunk = Chunk(
        filename=_text("filename", filename),
        file_hash=file_hash,
        chunk_hash=chunk_hash,
        offset=offset,
        index=index,
        total=total,
        subdir=_text("subdirectory", subdir),
        append=_text("append", append),
        data=view[start:end],
        mtime=_read_mtime(view[end:], count),
    )
    _check_place(chunk)
    return chunk


def is_chunk(value: bytes | None) -> bool:
    """Tell whether a value has the signature of a file chunk: it is one, or a damaged one.

    Parameters
    ----------
    value
        The value of a record; None for a record without one.
    """
    if not value or value[0] not in _ARRAY_TAGS:
        return False
    reader = msgpack.Unpacker(max_buffer_size=_HEAD_BYTES, **_LIMITS)
    reader.feed(value[:_HEAD_BYTES])
    try:
        _read_signature(reader)
    except NotAChunk:
        return False
    return True


def verify(chunk: Chunk) -> None:
    """Check the data of a chunk against the hash that came with them.

    Raises
    ------
    BadChunk
        The data are not those that were sent.
    """
    if sha512(chunk.data).digest() != chunk.chunk_hash:
        raise BadChunk(f"{_label(chunk)}: the data do not match their hash; send the file again.")


def _bin_header(length: int) -> bytes:
    """Give the msgpack header of a bin field, so that its data need no second copy."""
    for tag, width in ((b"\xc4", 1), (b"\xc5", 2)):
        if length < 1 << 8 * width:
            return tag + length.to_bytes(width, "big")
    return b"\xc6" + length.to_bytes(4, "big")


def _take(read: Callable[[], Any], what: str, error: type[NotAChunk] | type[BadChunk]) -> Any:
    """Call `read`, turning whatever msgpack refuses into our own error about `what`."""
    try:
        return read()
    except msgpack.OutOfData as reason:
        raise error(f"The {what} of the chunk is cut off, or longer than it may be.") from reason
    except (msgpack.UnpackException, ValueError) as reason:
        raise error(f"The {what} of the chunk cannot be read: {reason}") from reason


def _read_signature(reader: Any) -> tuple[int, Any, list[bytes]]:
    """Read what tells a chunk from other records: the field count and two hashes."""
    count = _take(reader.read_array_header, "array", NotAChunk)
    if count not in (9, 10):
        raise NotAChunk(f"The record is no file chunk: it has {count} fields, not 9 or 10.")
    filename = _take(reader.unpack, "filename", NotAChunk)
    hashes = [_take(reader.unpack, f"{name} hash", NotAChunk) for name in ("file", "chunk")]
    if not all(isinstance(value, bytes) and len(value) == HASH_BYTES for value in hashes):
        raise NotAChunk("The record is no file chunk: fields 1 and 2 are not 64 bytes each.")
    return count, filename, hashes


def _read_place(reader: Any) -> tuple[list[int], Any, Any]:
    """Read where the data belong."""
    numbers = [
        _count(name, _take(reader.unpack, name, BadChunk)) for name in ("offset", "index", "total")
    ]
    subdir = _take(reader.unpack, "subdirectory", BadChunk)
    return numbers, subdir, _take(reader.unpack, "append", BadChunk)


def _count(name: str, value: Any) -> int:
    """Accept a non-negative integer; a bool is none."""
    if type(value) is not int or value < 0:
        raise BadChunk(
            f"The {name} of a chunk must be a whole number from 0 on, not {str(value)[:80]!r}."
        )
    return value


def _text(name: str, value: Any) -> str:
    """Decode a text field, which some writers send as bin."""
    if not isinstance(value, bytes):
        raise BadChunk(f"The {name} of a chunk must be a text, not {type(value).__name__}.")
    try:
        return value.decode()
    except UnicodeDecodeError as reason:
        raise BadChunk(f"The {name} of a chunk is not UTF-8: {value[:80]!r}.") from reason


def _data_span(view: memoryview, position: int) -> tuple[int, int]:
    """Find the data field (bin, or str of old writers) without copying it."""
    tag = view[position] if position < len(view) else 0
    width = _LENGTH_WIDTHS.get(tag, 0)
    start = position + 1 + width
    if width:
        length = int.from_bytes(view[position + 1 : start], "big")
    elif 0xA0 <= tag <= 0xBF:  # noqa: PLR2004
        length = tag & 0x1F
    else:
        raise BadChunk("The data of the chunk are missing, or are no bytes.")
    if start + length > len(view):
        raise BadChunk(
            f"The chunk is cut off: it tells of {length} bytes of data, and has "
            f"{max(len(view) - start, 0)}."
        )
    return start, start + length


def _read_mtime(rest: memoryview, count: int) -> float | None:
    """Read what follows the data: the modification time, and nothing else."""
    if count == 9:  # noqa: PLR2004
        if rest:
            raise BadChunk(f"{len(rest)} bytes follow the end of the chunk.")
        return None
    value = _take(lambda: msgpack.unpackb(rest, **_LIMITS), "modification time", BadChunk)
    if type(value) not in (int, float):
        raise BadChunk(f"The modification time must be a number, not {type(value).__name__}.")
    return _sensible_time(value)


def _sensible_time(value: float) -> float | None:
    """Take 0, what is not finite, and what no calendar has, as an unknown time."""
    if value == 0 or not math.isfinite(value) or not _EARLIEST <= value <= _LATEST:
        return None
    return float(value)


def _check_place(chunk: Chunk) -> None:
    """Refuse positions that contradict each other within one chunk."""
    if not 1 <= chunk.index <= chunk.total:
        raise BadChunk(f"{_label(chunk)}: no such index among {chunk.total} chunks.")
    if (chunk.index == 1) != (chunk.offset == 0):
        raise BadChunk(f"{_label(chunk)}: cannot begin at byte {chunk.offset}.")
    if not chunk.data and chunk.total > 1:
        raise BadChunk(f"{_label(chunk)}: is empty, and not the only chunk of its file.")


def _label(chunk: Chunk) -> str:
    """Name a chunk in a message."""
    return f"Chunk {chunk.index} of {chunk.total} of {chunk.path!r}"
