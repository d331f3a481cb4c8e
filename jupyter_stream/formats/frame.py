"""Frames: one binary message that carries a plot's arrays to the browser.

A frame is a header length (u32, little-endian), a JSON header in UTF-8, zeros up to a multiple
of 8 bytes, and then raw little-endian arrays, each at a multiple of 8 bytes. The header's
`columns` tell dtype, shape and offset of each array, counted from the end of the padding.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

ALIGNMENT = 8
_LENGTH = struct.Struct("<I")
_encoded = json.JSONEncoder(allow_nan=False).encode


def pack_frame(header: Mapping[str, Any], columns: Sequence[NDArray[Any]]) -> bytes:
    """Pack a header and its arrays into a frame.

    Parameters
    ----------
    header
        What can be written as JSON; `columns` is added to it.
    columns
        Arrays of numbers of any shape.
    """
    arrays = [_little_endian(column) for column in columns]
    offsets = _layout(arrays)
    described = [
        {"dtype": array.dtype.str, "shape": array.shape, "offset": offset}
        for array, offset in zip(arrays, offsets, strict=True)
    ]
    text = _encoded({**header, "columns": described}).encode()
    parts: list[Any] = [_LENGTH.pack(len(text)), text, _padding(_LENGTH.size + len(text))]
    for array in arrays:
        parts += (array, _padding(array.nbytes))
    return b"".join(parts)


def unpack_frame(frame: bytes) -> tuple[dict[str, Any], list[NDArray[Any]]]:
    """Read a frame into its header and its arrays, which are views of the frame.

    Parameters
    ----------
    frame
        A frame as `pack_frame` makes it.

    Raises
    ------
    FormatError
        The bytes are no frame.
    """
    try:
        (length,) = _LENGTH.unpack_from(frame)
        header = json.loads(frame[_LENGTH.size : _LENGTH.size + length])
        start = _aligned(_LENGTH.size + length)
        columns = [_column(frame, start, described) for described in header["columns"]]
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise FormatError(f"not a frame: {error}") from None
    return header, columns


def _column(frame: bytes, start: int, described: Mapping[str, Any]) -> NDArray[Any]:
    shape = tuple(described["shape"])
    count = int(np.prod(shape, dtype=np.int64))
    dtype = np.dtype(described["dtype"])
    return np.frombuffer(frame, dtype, count, start + described["offset"]).reshape(shape)


def _little_endian(column: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<"))


def _layout(arrays: Sequence[NDArray[Any]]) -> list[int]:
    offsets, size = [], 0
    for array in arrays:
        offsets.append(size)
        size = _aligned(size + array.nbytes)
    return offsets


def _aligned(size: int) -> int:
    return size + -size % ALIGNMENT


def _padding(size: int) -> bytes:
    return bytes(-size % ALIGNMENT)
