"""A topic that a test writes down: read as often as wanted, from any offset, in any batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOPIC = "topic"


class ScriptedReader:
    """Reads the records of a script in the order of their places there."""

    def __init__(self, records: list[Record], start: Mapping[int, int], batch: int) -> None:
        self.topic = TOPIC
        self.trouble: str | None = None
        self.lost = 0
        self.restarted = 0
        self.partitions = {record.partition for record in records} or {0}
        self.partition_count = len(self.partitions)
        self.begins = dict(start)
        self.committed: dict[int, int] = {}
        self.closed = False
        self._batch = batch
        self._left = [
            record for record in records if record.offset >= start.get(record.partition, 0)
        ]

    @property
    def at_end(self) -> bool:
        return not self._left

    def read(self, timeout: float) -> list[Record]:  # noqa: ARG002 - nothing is waited for
        records, self._left = self._left[: self._batch], self._left[self._batch :]
        return records

    def lag(self) -> int | None:
        return len(self._left)

    def commit(self, offsets: Mapping[int, int]) -> None:
        self.committed.update(offsets)

    def keep_alive(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class ScriptedCluster:
    """Has one topic, with the records of a script."""

    def __init__(self, records: list[Record], batch: int = 3) -> None:
        self.records = records
        self.readers: list[ScriptedReader] = []
        self.revoke: Callable[[set[int]], None] | None = None
        self._batch = batch

    def partitions(self, topic: str) -> int:  # noqa: ARG002 - there is but one
        return 1

    def topic_id(self, topic: str) -> str:
        return f"cluster/{topic}"

    def reader(self, topic: str, start: Any) -> ScriptedReader:  # noqa: ARG002
        offsets = start if isinstance(start, dict) else {}
        self.readers.append(ScriptedReader(self.records, offsets, self._batch))
        return self.readers[-1]

    def group_reader(
        self, topic: str, group: str, start: Any, *, on_revoked: Callable[[set[int]], None]
    ) -> ScriptedReader:
        """Start where the former members of the group stopped."""
        assert group
        self.revoke = on_revoked
        committed: dict[int, int] = {}
        for reader in self.readers:
            committed |= reader.committed
        return self.reader(topic, committed or start)


def script(values: list[tuple[int, bytes]]) -> list[Record]:
    """Give the records of values that are written to partitions one after another."""
    ends: dict[int, int] = {}
    records = []
    for number, (partition, value) in enumerate(values):
        offset = ends.get(partition, 0)
        ends[partition] = offset + 1
        records.append(Record(TOPIC, partition, offset, float(number), None, value))
    return records
