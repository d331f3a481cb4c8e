"""How much memory is kept alive by a result."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.plots.image import Image
from jupyter_stream.plots.spectrum import Spectrum

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a small object takes, about.
_SMALL_BYTES = 64
_SMALL = frozenset({int, float, bool, complex, type(None)})
_DEPTH = 3
_VIEWS = (np.ndarray, memoryview)
_MEMORY = (*_VIEWS, bytes, bytearray)
# So many parts are looked at in all, about; and in one list, whose parts are mostly alike.
_LOOKED_AT = 1000
_LOOKED_AT_IN_LIST = 100
_LEAST = 5
# Of so many decoded values the size tells that of all that came with them.
_SAMPLE = 8


def size_of(value: Any) -> int:
    """Return about how many bytes of memory a result keeps alive.

    Parameters
    ----------
    value
        Anything.
    """
    try:
        return _size_of(value, _DEPTH, _LOOKED_AT)
    except Exception:  # noqa: BLE001 - an object of the user's may do anything
        return _SMALL_BYTES


def sizes_of_decoded(values: Sequence[Any], lengths: Sequence[int]) -> list[int]:
    """Return about how many bytes of memory decoded values keep alive.

    To look at each would take longer than to decode it: a few tell how much larger than its
    encoded form the largest of them is.

    Parameters
    ----------
    values
        What was decoded.
    lengths
        How many bytes each was decoded from, at least one.
    """
    step = len(values) // _SAMPLE + 1
    sample = zip(values[::step], lengths[::step], strict=True)
    growth = max([size_of(value) / length for value, length in sample], default=0.0)
    return [int(growth * length) for length in lengths]


def _size_of(value: Any, depth: int, looks: int) -> int:
    if type(value) in _SMALL:
        return _SMALL_BYTES
    if isinstance(value, _VIEWS):
        return _whole(value) + _SMALL_BYTES
    if depth and isinstance(value, Mapping | list | tuple) and value:
        return sys.getsizeof(value) + _content(value, depth - 1, looks)
    if isinstance(value, ReceivedRecord):
        return max(len(value.data), _size_of(value.decoded, depth, looks))
    return _size_of_one(value)


def _size_of_one(value: Any) -> int:
    if isinstance(value, ReceivedFile):
        return value.size
    if isinstance(value, Spectrum | Image):
        return _parts(value)
    nbytes = getattr(value, "nbytes", None)
    return nbytes + _SMALL_BYTES if isinstance(nbytes, int) else sys.getsizeof(value)


def _whole(view: np.ndarray[Any, Any] | memoryview) -> int:
    """Return the size of the memory that an array is a part of: all of it is kept alive."""
    held: Any = view
    while isinstance(held, _VIEWS):
        base = held.obj if isinstance(held, memoryview) else held.base
        if not isinstance(base, _MEMORY):
            return int(held.nbytes)
        held = base
    return len(held)


def _parts(value: Spectrum | Image) -> int:
    rest = value.values if isinstance(value, Image) else value.y_error
    arrays = (value.x, value.y, rest)
    return sum(array.nbytes for array in arrays if array is not None)


def _content(value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], depth: int, looks: int) -> int:
    """Guess the size of what a container holds; in a large one, from items all over it."""
    if isinstance(value, Mapping):
        some = list(islice(value.values(), 0, None, -(-len(value) // looks)))
    else:
        some = list(value[:: -(-len(value) // min(looks, _LOOKED_AT_IN_LIST))])
    rest = max(_LEAST, looks // len(some))
    return sum([_size_of(item, depth, rest) for item in some]) * len(value) // len(some)
