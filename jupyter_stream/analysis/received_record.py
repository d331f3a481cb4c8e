"""A record that is no part of a file, as users get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.formats.decoding import Decoded, examine

if TYPE_CHECKING:
    from jupyter_stream.kafka.record import Record


class ReceivedRecord:
    """A record of a topic; its value is decoded when it is first asked for.

    Parameters
    ----------
    record
        The record as it was read.
    """

    __slots__ = ("_decoded", "_record")

    def __init__(self, record: Record) -> None:
        self._record = record
        self._decoded: Decoded | None = None

    def __repr__(self) -> str:
        return f"<ReceivedRecord {self.name}: {len(self.data)} bytes, {self.format}>"

    @property
    def topic(self) -> str:
        """The topic that it came from."""
        return self._record.topic

    @property
    def partition(self) -> int:
        """The partition of the topic."""
        return self._record.partition

    @property
    def offset(self) -> int:
        """The offset in the partition."""
        return self._record.offset

    @property
    def timestamp(self) -> float | None:
        """The time of the record in epoch seconds; None if it has none."""
        return self._record.timestamp

    @property
    def place(self) -> tuple[str, int, int, float | None]:
        """Topic, partition, offset and timestamp."""
        return self._record[:4]

    @property
    def key(self) -> bytes | None:
        """The key; None if it has none."""
        return self._record.key

    @property
    def headers(self) -> tuple[tuple[str, bytes | None], ...]:
        """Names and values that the writer added."""
        return self._record.headers

    @property
    def data(self) -> bytes:
        """The value as it came; empty if there is none."""
        return self._record.value or b""

    @property
    def name(self) -> str:
        """Where the record stands: `topic [partition] offset`."""
        record = self._record
        return f"{record.topic} [{record.partition}] {record.offset}"

    @property
    def format(self) -> str:
        """What was found in the value: npy, json, msgpack, text, bytes or empty."""
        return self._examined().format

    @property
    def value(self) -> Any:
        """The decoded value; an array is read-only, as it shares the memory of `data`.

        Raises
        ------
        Undecodable
            The format is known, but the value is damaged, too large or not allowed.
        """
        decoded = self._examined()
        if decoded.error is not None:
            raise decoded.error
        return decoded.value

    @property
    def decoded(self) -> Any:
        """What is kept of the decoded value; None before it was asked for."""
        return self._decoded and self._decoded.value

    def forget(self) -> None:
        """Let the decoded value go; it is decoded again when it is asked for."""
        self._decoded = None

    def _examined(self) -> Decoded:
        decoded = self._decoded
        if decoded is None:
            decoded = self._decoded = examine(self._record.value)
        return decoded
