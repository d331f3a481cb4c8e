"""Parquet, for those who have pyarrow."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    from collections.abc import Sequence

_TYPES = {
    "partition": pa.int32(),
    "offset": pa.int64(),
    "key_bytes": pa.int64(),
    "value_bytes": pa.int64(),
}


class _Sink(io.RawIOBase):
    """Takes what is written, and gives it away."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._parts.append(bytes(content))
        self._position += len(content)
        return len(content)

    def tell(self) -> int:
        return self._position

    def taken(self) -> bytes:
        content, self._parts = b"".join(self._parts), []
        return content


class ParquetWriter:
    """Columns of texts, but for those of whole numbers; lists and mappings as JSON.

    Parameters
    ----------
    columns
        The names.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self._schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns])
        self._sink = _Sink()
        self._writer = parquet.ParquetWriter(pa.PythonFile(self._sink, "w"), self._schema)

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """Return a group of rows."""
        if rows:
            arrays = [
                pa.array(
                    [_cell(cell, field.type) for cell in column], field.type, from_pandas=False
                )
                for column, field in zip(zip(*rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        return self._sink.taken()

    def end(self) -> bytes:
        """Return the foot of the file."""
        self._writer.close()
        return self._sink.taken()


def _cell(value: Any, kind: Any) -> Any:
    if value is None or kind != pa.string():
        return value
    if not isinstance(value, str):
        return json.dumps(value)
    # Halves of surrogates are no text of Parquet's.
    return value if value.isascii() else value.encode(errors="replace").decode()
