"""Arrays that are alike: those of a stream begin with the same bytes, read once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.formats.record_format import Value


class _Known(NamedTuple):
    """How the last array began: all bytes before its data, their number, and that of the whole."""

    start: bytes
    offset: int
    length: int
    dtype: np.dtype[Any]
    shape: tuple[int, ...]


class AlikeArrays:
    """Remembers how a value that is one array began, and reads the next one of its kind at once.

    Any thread may use it.
    """

    def __init__(self) -> None:
        self._known = _Known(b"", 0, 0, np.dtype(np.uint8), ())

    def read(self, value: Value) -> NDArray[Any] | None:
        """Return the array of a value that begins as the last one did; None for others.

        Parameters
        ----------
        value
            A value that is not empty.
        """
        start, offset, length, dtype, shape = self._known
        if len(value) != length or value[:offset] != start:
            return None
        return np.ndarray(shape, dtype, value, offset)

    def remember(self, value: Value, array: NDArray[Any], offset: int) -> None:
        """Remember how a value began, if its array is all that comes behind that.

        Parameters
        ----------
        value
            A value.
        array
            The array that it holds.
        offset
            Where in the value the array begins.
        """
        if array.nbytes and array.flags.c_contiguous and offset + array.nbytes == len(value):
            start = bytes(value[:offset])
            self._known = _Known(start, offset, len(value), array.dtype, array.shape)
