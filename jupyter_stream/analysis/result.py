"""What an analysis gave for one file or record."""

from __future__ import annotations

from typing import Any, NamedTuple

from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.files.receiving.received_file import ReceivedFile

Item = ReceivedFile | ReceivedRecord


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
