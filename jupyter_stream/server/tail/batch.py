"""Batches of records, small enough to be shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from jupyter_stream.server.records.shown_record import show_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jupyter_stream.kafka.record import Record

MOST_RECORDS = 200
MOST_BYTES = 256 * 1024


class Batch(NamedTuple):
    """Some records.

    Attributes
    ----------
    records
        They.
    content
        They as a JSON list.
    """

    records: list[Record]
    content: bytes


def batches(records: Iterable[Record], form: str) -> Iterator[Batch]:
    """Yield records in batches of 200 records or 256 KiB of text at most, but one record at least.

    Parameters
    ----------
    records
        The records.
    form
        In which format to read the values.
    """
    chosen: list[Record] = []
    parts: list[bytes] = []
    size = 0
    for record in records:
        part = msgspec.json.encode(show_record(record, form))
        if parts and (len(parts) == MOST_RECORDS or size + len(part) > MOST_BYTES):
            yield _batch(chosen, parts)
            chosen, parts, size = [], [], 0
        chosen.append(record)
        parts.append(part)
        size += len(part) + 1
    if parts:
        yield _batch(chosen, parts)


def _batch(records: list[Record], parts: list[bytes]) -> Batch:
    return Batch(records, b"[" + b",".join(parts) + b"]")
