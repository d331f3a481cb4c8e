"""An export: from records to the bytes of a file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.server.export.columns import row_of
from jupyter_stream.server.routes.chosen import chosen_partitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.kafka.inspection.place import Place
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.server.export.writers import FileWriter

ROWS_AT_ONCE = 1000


class ExportWanted(NamedTuple):
    """What to export.

    Attributes
    ----------
    topic, partition
        Of where; all partitions if None.
    place
        Where to begin; downwards from `Newest` and from `Before`, else upwards.
    columns
        What of each record.
    limit
        How many records at most.
    max_bytes, max_seconds
        How much may be read, and how long that may take.
    """

    topic: str
    partition: int | None
    place: Place
    columns: list[str]
    limit: int
    max_bytes: int
    max_seconds: float


def export(
    inspector: Inspector,
    wanted: ExportWanted,
    writer: FileWriter,
    write: Callable[[bytes], None],
) -> None:
    """Write records to a file, piece by piece; it ends where the limit or the budget ends.

    Parameters
    ----------
    inspector
        Asks the cluster.
    wanted
        What to export.
    writer
        Makes bytes of rows.
    write
        Takes the bytes, and returns when there is room for more.

    Raises
    ------
    StreamError
        The topic cannot be read.
    """
    for records in _pieces(inspector, wanted):
        write(writer.rows([row_of(record, wanted.columns) for record in records]))
    write(writer.end())


def _pieces(inspector: Inspector, wanted: ExportWanted) -> Iterator[list[Record]]:
    deadline = time.monotonic() + wanted.max_seconds
    partitions = chosen_partitions(inspector, wanted.topic, wanted.partition)
    left = wanted.limit
    with inspector.pages.scan(wanted.topic, partitions, wanted.place) as scan:
        for block in scan.blocks():
            chosen = block[:left]
            left -= len(chosen)
            for start in range(0, len(chosen), ROWS_AT_ONCE):
                yield chosen[start : start + ROWS_AT_ONCE]
            if not left or scan.bytes >= wanted.max_bytes or time.monotonic() >= deadline:
                return
