"""How many records a topic has."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from confluent_kafka import Consumer, TopicPartition

from tests.waiting import wait_until

if TYPE_CHECKING:
    from types import TracebackType

ANSWER_SECONDS = 10.0


class TopicEnds:
    """Asks a broker again and again how many records a topic has; a context manager.

    Parameters
    ----------
    bootstrap
        Address of the broker.
    topic
        Name of the topic.
    partitions
        How many partitions it has.
    """

    def __init__(self, bootstrap: str, topic: str, partitions: int) -> None:
        self._consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": str(uuid.uuid4())})
        self._partitions = [TopicPartition(topic, number) for number in range(partitions)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._consumer.close()

    def records(self) -> int:
        """Return how many records were ever written to the topic."""
        return sum(
            self._consumer.get_watermark_offsets(partition, timeout=ANSWER_SECONDS)[1]
            for partition in self._partitions
        )

    def wait_for(self, count: int) -> None:
        """Return when so many records were written."""
        wait_until(lambda: self.records() >= count, f"record {count} of the topic")
