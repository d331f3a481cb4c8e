"""A record as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.server.records.reading import AUTO
from jupyter_stream.server.records.shown import MOST_SIGNS, Shown, show

if TYPE_CHECKING:
    from jupyter_stream.kafka.record import Record

MOST_HEADERS = 50
MOST_NAME_SIGNS = 200
MOST_HEADER_SIGNS = 500


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record.

    Attributes
    ----------
    partition, offset
        Where it stands.
    timestamp
        Its time in epoch seconds; None if it has none.
    key, value
        What it holds.
    headers
        Names and values, at most 50.
    header_count
        How many headers there are.
    key_bytes, value_bytes
        How large they are; None where there is none.
    """

    partition: int
    offset: int
    timestamp: float | None
    key: Shown
    value: Shown
    headers: list[tuple[str, Shown]]
    header_count: int
    key_bytes: int | None
    value_bytes: int | None


def show_record(record: Record, form: str = AUTO, most: int = MOST_SIGNS) -> ShownRecord:
    """Return a record as it is shown.

    Parameters
    ----------
    record
        The record.
    form
        In which format to read the value: "auto" or the name of one.
    most
        How many signs of the value at most.
    """
    return ShownRecord(
        partition=record.partition,
        offset=record.offset,
        timestamp=record.timestamp,
        key=show(record.key),
        value=show(record.value, form, most),
        headers=[
            (name[:MOST_NAME_SIGNS], show(value, most=MOST_HEADER_SIGNS))
            for name, value in record.headers[:MOST_HEADERS]
        ],
        header_count=len(record.headers),
        key_bytes=None if record.key is None else len(record.key),
        value_bytes=None if record.value is None else len(record.value),
    )
