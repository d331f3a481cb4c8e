"""Reading a topic from a chosen position, without a consumer group."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, cast

from confluent_kafka import OFFSET_BEGINNING, TIMESTAMP_NOT_AVAILABLE, KafkaError, KafkaException
from confluent_kafka import Consumer as KafkaConsumer
from confluent_kafka import TopicPartition as Position

from jupyter_stream.errors import ClusterUnreachable, TopicNotFound
from jupyter_stream.kafka.client import in_trouble, likely_cause, make_client, passes
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from confluent_kafka import Message

    from jupyter_stream.kafka.profile import Profile, Properties

BATCH_BYTES = 4 * 2**20
BATCH_RECORDS = 2_000
METADATA_SECONDS = 5.0
CHECK_SECONDS = 1.0
ANSWER_SECONDS = 8.0

# What a profile may choose differently.
OWN_PROPERTIES: Properties = {
    # The default of 1000 ms makes many small records five times slower.
    "fetch.queue.backoff.ms": 5,
    "queued.max.messages.kbytes": 65_536,
    # Partitions that are added later are seen by then.
    "topic.metadata.refresh.interval.ms": 10_000,
}

# What the reader relies on, whatever a profile says.
PINNED_PROPERTIES: Properties = {
    "enable.auto.commit": False,
    # The ends of partitions: what stands before may be no record, or may be gone.
    "enable.partition.eof": True,
    # Records that are gone are counted before the reader goes on.
    "auto.offset.reset": "error",
}


class TopicReader:
    """Reads all partitions of a topic; for use in one thread.

    `trouble` says why no records come, or is None. `lost` counts the records that the cluster
    deleted, for their age or the topic's size, before they were read.

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
    TopicNotFound
        The topic was deleted just now.
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, topic: str, *, latest: bool) -> None:
        self.topic = topic
        self.trouble: str | None = None
        self.lost = 0
        self._bootstrap = profile.bootstrap
        properties: Properties = {
            **OWN_PROPERTIES,
            **profile.broker,
            **profile.consumer,
            **PINNED_PROPERTIES,
            # librdkafka wants a group's name, though no group is joined.
            "group.id": f"jupyter_stream-{uuid.uuid4()}",
        }
        self._consumer = make_client(KafkaConsumer, profile, properties, self._note)
        self._next: dict[int, int] = {}
        self._overtaken: set[int] = set()
        self._refused: dict[int, str] = {}
        self._mean_size = 0.0
        self._checked = self._listed = time.monotonic()
        try:
            partitions = self._partitions(ANSWER_SECONDS)
            self._assign(partitions, latest=latest)
        except KafkaException as error:
            self._consumer.close()
            raise ClusterUnreachable(
                f"no answer from {self._bootstrap}: {likely_cause(error.args[0].str())}"
            ) from None
        if not partitions:
            self._consumer.close()
            raise TopicNotFound(f"there is no topic {topic!r} at {self._bootstrap}")

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        # Before records are taken: where they were taken from is assigned anew.
        self._look_after_the_connection()
        first = self._first(timeout)
        if first is None:
            return []
        # Sized by bytes: hundreds of large records at once are slow and take memory.
        wanted = int(BATCH_BYTES / max(self._mean_size, BATCH_BYTES / BATCH_RECORDS))
        messages = [first]
        if wanted > 1:
            messages += self._consumer.consume(wanted - 1, 0)
        return [self._record(message) for message in messages if self._is_record(message)]

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""
        total = 0
        for partition, offset in self._next.items():
            low, high = self._consumer.get_watermark_offsets(
                Position(self.topic, partition), cached=True
            )
            if high < 0:
                return None
            total += max(0, high - max(offset, low, 0))
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

    def _first(self, timeout: float) -> Message | None:
        deadline = time.monotonic() + timeout
        message = self._consumer.poll(timeout)
        while message is not None and not self._is_record(message):
            message = self._consumer.poll(max(0.0, deadline - time.monotonic()))
        return message

    def _is_record(self, message: Message) -> bool:
        error = message.error()
        partition = cast("int", message.partition())
        if error is None:
            self._refused.pop(partition, None)
            return True
        if error.code() == KafkaError._PARTITION_EOF:  # noqa: SLF001 - the client's public name
            self._refused.pop(partition, None)
            self._next[partition] = cast("int", message.offset())
        elif error.code() == KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001
            self._overtaken.add(partition)
        elif passes(error):
            self._note(error)
        else:
            self.trouble = self._refused[partition] = in_trouble(self._bootstrap, error)
        return False

    def _note(self, error: KafkaError) -> None:
        self.trouble = in_trouble(self._bootstrap, error)

    def _look_after_the_connection(self) -> None:
        """See whether trouble is over, and whether partitions were added or cut."""
        now = time.monotonic()
        if self._overtaken:
            self._go_on_behind_what_is_lost()
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
        # What the cluster refuses for good is told once, and stays so until something comes.
        self.trouble = next(iter(self._refused.values()), None)
        if partitions - self._next.keys():
            self._assign(partitions, latest=False)

    def _go_on_behind_what_is_lost(self) -> None:
        try:
            starts = {partition: self._watermarks(partition)[0] for partition in self._overtaken}
        except KafkaException as error:
            self._note(error.args[0])
            return
        self._overtaken.clear()
        for partition, start in starts.items():
            # Of a partition not yet begun nobody has waited for a certain record.
            if self._next[partition] >= 0:
                self.lost += max(0, start - self._next[partition])
            self._next[partition] = start
        self._assign(set(starts), latest=False)

    def _partitions(self, timeout: float) -> set[int]:
        topic = self._consumer.list_topics(self.topic, timeout=timeout).topics[self.topic]
        if topic.error and topic.error.code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
            raise KafkaException(topic.error)
        return set(topic.partitions)

    def _assign(self, partitions: set[int], *, latest: bool) -> None:
        for partition in sorted(partitions - self._next.keys()):
            self._next[partition] = self._end(partition) if latest else OFFSET_BEGINNING
        self._consumer.assign(
            [Position(self.topic, partition, offset) for partition, offset in self._next.items()]
        )

    def _end(self, partition: int) -> int:
        # "The end" is settled now: asked for lazily, records written meanwhile would be missed.
        return self._watermarks(partition)[1]

    def _watermarks(self, partition: int) -> tuple[int, int]:
        low, high = self._consumer.get_watermark_offsets(
            Position(self.topic, partition), timeout=ANSWER_SECONDS
        )
        return int(low), int(high)
