"""Reading a topic from a chosen position, without a consumer group."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, cast

from confluent_kafka import OFFSET_BEGINNING, TIMESTAMP_NOT_AVAILABLE, KafkaException
from confluent_kafka import Consumer as KafkaConsumer
from confluent_kafka import TopicPartition as Position

from jupyter_stream.errors import ClusterUnreachable
from jupyter_stream.kafka.client import client_properties, in_trouble, likely_cause
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Message

    from jupyter_stream.kafka.profile import Profile

BATCH_BYTES = 4 * 2**20
BATCH_RECORDS = 2_000
METADATA_SECONDS = 5.0
CHECK_SECONDS = 1.0
ANSWER_SECONDS = 8.0

OWN_PROPERTIES: dict[str, str | int | float | bool] = {
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
    # The default of 1000 ms makes many small records five times slower.
    "fetch.queue.backoff.ms": 5,
    "queued.max.messages.kbytes": 65_536,
    # Partitions that are added later are seen by then.
    "topic.metadata.refresh.interval.ms": 10_000,
}


class TopicReader:
    """Reads all partitions of a topic; for use in one thread.

    Parameters
    ----------
    profile
        The cluster.
    topic
        Name of the topic, which must exist.
    latest
        Whether to leave out what the topic holds already.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    """

    def __init__(self, profile: Profile, topic: str, *, latest: bool) -> None:
        self.topic = topic
        self.trouble: str | None = None
        self._bootstrap = profile.bootstrap
        self._consumer = KafkaConsumer(
            {
                # librdkafka wants a group's name, though no group is joined.
                "group.id": f"jupyter_stream-{uuid.uuid4()}",
                **client_properties(profile, OWN_PROPERTIES, self._note),
                **{k: v for k, v in profile.consumer.items() if k != "group.id"},
                "enable.auto.commit": False,
            }
        )
        self._next: dict[int, int] = {}
        self._mean_size = 0.0
        self._checked = self._listed = time.monotonic()
        try:
            self._assign(self._partitions(ANSWER_SECONDS), latest=latest)
        except KafkaException as error:
            self._consumer.close()
            raise ClusterUnreachable(
                f"no answer from {self._bootstrap}: {likely_cause(error.args[0].str())}"
            ) from None

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        first = self._consumer.poll(timeout)
        self._look_after_the_connection()
        if first is None:
            return []
        # Sized by bytes: hundreds of large records at once are slow and take memory.
        wanted = int(BATCH_BYTES / max(self._mean_size, BATCH_BYTES / BATCH_RECORDS))
        messages = [first]
        if wanted > 1:
            messages += self._consumer.consume(wanted - 1, 0)
        return [self._record(message) for message in messages if self._good(message)]

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""
        total = 0
        for partition, offset in self._next.items():
            _, high = self._consumer.get_watermark_offsets(
                Position(self.topic, partition), cached=True
            )
            if high < 0:
                return None
            total += max(0, high - max(offset, 0))
        return total

    def close(self) -> None:
        """Leave the topic, and release the connection."""
        self._consumer.close()

    def _record(self, message: Message) -> Record:
        # Only a message that was never delivered lacks these, says the client's own typing.
        partition = cast("int", message.partition())
        offset = cast("int", message.offset())
        value = message.value()
        self._next[partition] = offset + 1
        self._mean_size += 0.1 * (len(value or b"") - self._mean_size)
        kind, milliseconds = message.timestamp()
        timestamp = None if kind == TIMESTAMP_NOT_AVAILABLE else milliseconds / 1000
        return Record(self.topic, partition, offset, timestamp, message.key(), value)

    def _good(self, message: Message) -> bool:
        error = message.error()
        if error is not None:
            self._note(error)
        return error is None

    def _note(self, error: KafkaError) -> None:
        self.trouble = in_trouble(self._bootstrap, error.str())

    def _look_after_the_connection(self) -> None:
        """See whether trouble is over, and whether partitions were added."""
        now = time.monotonic()
        if self.trouble and now > self._checked + CHECK_SECONDS:
            self._checked = now
            self._refresh()
        elif now > self._listed + METADATA_SECONDS:
            self._refresh()

    def _refresh(self) -> None:
        self._listed = time.monotonic()
        try:
            partitions = self._partitions(CHECK_SECONDS)
        except KafkaException as error:
            # The trouble as it was told first says more than that there is still no answer.
            if self.trouble is None:
                self._note(error.args[0])
            return
        if not partitions:
            self.trouble = f"topic {self.topic!r} is not there any more"
            return
        self.trouble = None
        if partitions - self._next.keys():
            self._assign(partitions, latest=False)

    def _partitions(self, timeout: float) -> set[int]:
        topic = self._consumer.list_topics(self.topic, timeout=timeout).topics[self.topic]
        return set() if topic.error else set(topic.partitions)

    def _assign(self, partitions: set[int], *, latest: bool) -> None:
        for partition in sorted(partitions - self._next.keys()):
            self._next[partition] = self._end(partition) if latest else OFFSET_BEGINNING
        self._consumer.assign(
            [Position(self.topic, partition, offset) for partition, offset in self._next.items()]
        )

    def _end(self, partition: int) -> int:
        # "The end" is settled now: asked for lazily, records written meanwhile would be missed.
        _, high = self._consumer.get_watermark_offsets(
            Position(self.topic, partition), timeout=ANSWER_SECONDS
        )
        return int(high)
