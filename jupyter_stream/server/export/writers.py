"""Rows as bytes of a file, block by block."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("csv", "jsonl", "parquet")


class FileWriter(Protocol):
    """Writes rows."""

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """Return rows as the next bytes of the file.

        Parameters
        ----------
        rows
            The cells of each.
        """

    def end(self) -> bytes:
        """Return the last bytes of the file."""


class CsvWriter:
    """Comma-separated values with a line of names; lists and mappings as JSON.

    Parameters
    ----------
    columns
        The names.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns: Sequence[str] | None = columns

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """Return lines."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        if self._columns is not None:
            writer.writerow(self._columns)
            self._columns = None
        writer.writerows([map(_cell, row) for row in rows])
        return stream.getvalue().encode(errors="replace")

    def end(self) -> bytes:
        """Return the names, if there was no row."""
        return self.rows([])


class JsonLinesWriter:
    """A JSON object a line.

    Parameters
    ----------
    columns
        The names.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """Return lines."""
        objects = (dict(zip(self._columns, row, strict=True)) for row in rows)
        return b"".join(_json(one) + b"\n" for one in objects)

    def end(self) -> bytes:
        """Return nothing."""
        return b""


def make_writer(form: str, columns: Sequence[str]) -> FileWriter:
    """Return a writer of a format.

    Parameters
    ----------
    form
        One of FORMATS.
    columns
        The names of the columns.

    Raises
    ------
    Refusal
        It needs a package that is not installed.
    """
    if form == "csv":
        return CsvWriter(columns)
    if form == "jsonl":
        return JsonLinesWriter(columns)
    try:
        from jupyter_stream.server.export.parquet_writer import (  # noqa: PLC0415 - an extra
            ParquetWriter,
        )
    except ImportError:
        raise Refusal(
            501,
            "Parquet cannot be written here",
            "the package pyarrow is not installed where the Jupyter server runs",
            "Install it (pip install pyarrow) and restart the Jupyter server, or export as CSV.",
        ) from None
    return ParquetWriter(columns)


def _cell(value: Any) -> Any:
    return _json(value).decode() if isinstance(value, dict | list) else value


def _json(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except (msgspec.MsgspecError, OverflowError, ValueError):
        # Halves of surrogates, and numbers beyond 64 bits.
        return json.dumps(value).encode()
