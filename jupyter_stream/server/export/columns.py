"""The columns of an export."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.formats.decoding import examine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyter_stream.kafka.record import Record

USUAL = ("partition", "offset", "timestamp", "key", "value")
FIELD = "value."
MOST_COLUMNS = 200
_DEEPEST = 50


def is_column(name: str) -> bool:
    """Tell whether there is such a column: a fact of records, or `value.NAME` of mappings.

    Parameters
    ----------
    name
        Its name.
    """
    return name in _FACTS or (name.startswith(FIELD) and len(name) > len(FIELD))


def row_of(record: Record, columns: Sequence[str]) -> list[Any]:
    """Return the cells of a record: what JSON can hold.

    Parameters
    ----------
    record
        The record.
    columns
        The names of the columns.
    """
    fields = _fields(record) if any(name.startswith(FIELD) for name in columns) else {}
    return [
        plain(fields.get(name.removeprefix(FIELD)))
        if name.startswith(FIELD)
        else _FACTS[name](record)
        for name in columns
    ]


def plain(value: Any, depth: int = 0) -> Any:
    """Return a decoded value as what JSON can hold; bytes as base64.

    Parameters
    ----------
    value
        A decoded value.
    depth
        How deep in another it is; what is too deep becomes a text.
    """
    if depth > _DEEPEST:
        return str(type(value).__name__)
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist(), depth + 1)
    if isinstance(value, Mapping):
        return {str(name): plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    return _single(value)


def _single(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _decoded(content: bytes | None) -> Any:
    decoded = examine(content)
    return plain(content if decoded.error else decoded.value)


def _fields(record: Record) -> Mapping[Any, Any]:
    value = examine(record.value).value
    return value if isinstance(value, Mapping) else {}


def _time(record: Record) -> str | None:
    if record.timestamp is None:
        return None
    try:
        return datetime.fromtimestamp(record.timestamp, UTC).isoformat(timespec="milliseconds")
    except (OverflowError, ValueError, OSError):
        return None


_FACTS: dict[str, Callable[[Record], Any]] = {
    "partition": lambda record: record.partition,
    "offset": lambda record: record.offset,
    "timestamp": _time,
    "key": lambda record: _decoded(record.key),
    "value": lambda record: _decoded(record.value),
    "headers": lambda record: [[name, _decoded(value)] for name, value in record.headers],
    "key_bytes": lambda record: None if record.key is None else len(record.key),
    "value_bytes": lambda record: None if record.value is None else len(record.value),
}
