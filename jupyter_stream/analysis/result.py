"""What an analysis gave for one file or record."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.plots.spectrum import Spectrum

Item = ReceivedFile | ReceivedRecord

# What a small object takes, about.
_SMALL_BYTES = 64
_SMALL = frozenset({int, float, bool, complex, type(None)})
_LOOKED_AT = 5
_DEPTH = 3


class Result(NamedTuple):
    """What an analysis gave for one file or record.

    Attributes
    ----------
    value
        What the function returned.
    path
        Path of the file; None for a record.
    topic, partition, offset
        The record, or the record that completed the file.
    timestamp
        Time of the record, or modification time of the file, in epoch seconds; None if unknown.
    """

    value: Any
    path: str | None
    topic: str
    partition: int
    offset: int
    timestamp: float | None

    @property
    def name(self) -> str:
        """Path of the file, or `topic [partition] offset` of the record."""
        return self.path or f"{self.topic} [{self.partition}] {self.offset}"


def result_of(item: Item, value: Any) -> Result:
    """Put what an analysis gave together with where it comes from.

    Parameters
    ----------
    item
        What was analysed.
    value
        What the function returned.
    """
    if isinstance(item, ReceivedRecord):
        # Hundreds of thousands of records come in a second: the class's own way takes longer.
        return tuple.__new__(Result, (value, None, *item.place))
    return Result(value, item.path, item.topic, item.partition, item.offset, item.mtime)


def size_of(value: Any) -> int:
    """Return about how many bytes of memory a result holds.

    Parameters
    ----------
    value
        Anything.
    """
    if type(value) is np.ndarray:
        return value.nbytes + _SMALL_BYTES
    try:
        return _size_of(value, _DEPTH)
    except Exception:  # noqa: BLE001 - an object of the user's may do anything
        return _SMALL_BYTES


def _size_of(value: Any, depth: int) -> int:
    if type(value) in _SMALL:
        return _SMALL_BYTES
    if depth and isinstance(value, Mapping | list | tuple) and value:
        return sys.getsizeof(value) + _content(value, depth - 1)
    if isinstance(value, ReceivedFile):
        return value.size
    if isinstance(value, ReceivedRecord):
        return len(value.data)
    if isinstance(value, Spectrum):
        return value.x.nbytes + value.y.nbytes
    nbytes = getattr(value, "nbytes", None)
    return nbytes + _SMALL_BYTES if isinstance(nbytes, int) else sys.getsizeof(value)


def _content(value: Mapping[Any, Any] | list[Any] | tuple[Any, ...], depth: int) -> int:
    """Guess the size of what a container holds from its first items."""
    items = value.values() if isinstance(value, Mapping) else value
    sizes = [_size_of(item, depth) for item in islice(items, _LOOKED_AT)]
    return sum(sizes) * len(value) // len(sizes)
