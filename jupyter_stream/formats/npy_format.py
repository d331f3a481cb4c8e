"""Arrays as NumPy saves them (.npy)."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.lib import format as npy

from jupyter_stream.errors import FormatError, Undecodable
from jupyter_stream.formats.alike_arrays import AlikeArrays
from jupyter_stream.formats.array_shape import could_be_shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.formats.record_format import Value

MAGIC = b"\x93NUMPY"
MOST_HEADER_BYTES = 10_000
_LENGTH_BYTES = {1: 2, 2: 4, 3: 4}
_PREFIX = len(MAGIC) + 2


class _Layout(NamedTuple):
    """How the bytes behind a header are to be read."""

    dtype: np.dtype[Any]
    length: int
    shape: tuple[int, ...]
    order: Literal["C", "F"]


class NpyFormat:
    """Reads .npy without copying; arrays of Python objects are refused, as they are pickles."""

    name = "npy"

    first_bytes = frozenset(MAGIC[:1])

    def __init__(self) -> None:
        self._alike = AlikeArrays()

    def decode(self, value: Value) -> NDArray[Any]:
        """Return the array, a read-only view of the value.

        Raises
        ------
        Undecodable
            It is damaged, or an array of Python objects.
        FormatError
            It is no .npy.
        """
        alike = self._alike.read(value)
        if alike is not None:
            return alike
        if value[: len(MAGIC)] != MAGIC:
            raise FormatError("not .npy: it begins in another way")
        begin = _end_of_header(value)
        array = _read(value, begin)
        self._alike.remember(value, array, begin)
        return array


def _read(value: Value, end: int) -> NDArray[Any]:
    layout = _layout(bytes(value[:end]))
    # The header claims, the length of the value tells.
    if layout.length * layout.dtype.itemsize > len(value) - end:
        raise Undecodable(
            f"the .npy is cut off: shape {layout.shape} of {str(layout.dtype)[:100]} needs "
            f"{layout.length * layout.dtype.itemsize} bytes, and {len(value) - end} are there"
        )
    try:
        flat = np.frombuffer(value, layout.dtype, layout.length, end)
        return flat.reshape(layout.shape, order=layout.order)
    except (ValueError, TypeError, OverflowError, MemoryError) as error:
        raise Undecodable(f"the .npy holds an array that cannot be: {str(error)[:200]}") from None


def _end_of_header(value: Value) -> int:
    version = value[len(MAGIC)] if len(value) > _PREFIX else 0
    width = _LENGTH_BYTES.get(version)
    if width is None:
        raise Undecodable(f"the .npy is cut off, or of the unknown version {version}")
    length = int.from_bytes(value[_PREFIX : _PREFIX + width], "little")
    if length > MOST_HEADER_BYTES or _PREFIX + width + length > len(value):
        raise Undecodable(f"the .npy tells of a header of {length} bytes, which is not there")
    return _PREFIX + width + length


# The arrays of a stream are alike, and reading a header takes longer than all the rest.
@lru_cache(maxsize=256)
def _layout(header: bytes) -> _Layout:
    stream = io.BytesIO(header)
    try:
        version = npy.read_magic(stream)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, is_fortran, dtype = read(stream, max_header_size=MOST_HEADER_BYTES)
    except Exception as error:  # noqa: BLE001 - NumPy evaluates the text, and fails in many ways
        raise Undecodable(f"the .npy has an unreadable header: {str(error)[:200]}") from None
    if dtype.hasobject:
        raise Undecodable("the .npy holds Python objects (a pickle), which are never read")
    if dtype.itemsize == 0 or not could_be_shape(shape):
        told = f"{str(shape)[:100]} of {str(dtype)[:100]}"
        raise Undecodable(f"the .npy has a shape or dtype that cannot be: {told}")
    return _Layout(dtype, math.prod(shape), shape, "F" if is_fortran else "C")
