"""The corner of a table."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from jupyter_stream.server.records.brief import brief_text
from jupyter_stream.server.records.kinds import is_columns

SIDE = 5
MOST_SIGNS = 40

Table = tuple[list[str], list[list[str]]]
"""Names of columns, and rows of cells."""


def table_of(value: Any) -> Table | None:
    """Return the corner of a value that is a table: rows with names, or columns with names.

    Parameters
    ----------
    value
        A decoded value.
    """
    if isinstance(value, np.ndarray) and value.dtype.names:
        return _structured(value)
    if isinstance(value, Mapping) and is_columns(value):
        return _columns(value)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return _rows([row for row in value[:SIDE] if isinstance(row, Mapping)])
    return None


def _structured(value: np.ndarray[Any, Any]) -> Table:
    names = (value.dtype.names or ())[:SIDE]
    rows = value.reshape(-1)[:SIDE]
    return [_cell(name) for name in names], [[_cell(row[name]) for name in names] for row in rows]


def _columns(value: Mapping[Any, Any]) -> Table:
    chosen = list(islice(value.items(), SIDE))
    rows = zip(*(column[:SIDE] for _, column in chosen), strict=False)
    return [_cell(name) for name, _ in chosen], [[_cell(cell) for cell in row] for row in rows]


def _rows(rows: list[Mapping[Any, Any]]) -> Table:
    names = list(islice(rows[0], SIDE))
    return [_cell(name) for name in names], [
        [_cell(row.get(name)) for name in names] for row in rows
    ]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value[:MOST_SIGNS] if isinstance(value, str) else brief_text(value, MOST_SIGNS)[0]
