"""One topic through librdkafka's consumer: records in batches, positions, and trouble."""

from __future__ import annotations

import time
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, cast

from confluent_kafka import (
    TIMESTAMP_NOT_AVAILABLE,
    KafkaError,
    Message,
)
from confluent_kafka import Consumer as KafkaConsumer
from confluent_kafka import TopicPartition as Position

from jupyter_stream.kafka.client import in_trouble, make_client, passes, too_large
from jupyter_stream.kafka.record import Record
from jupyter_stream.kafka.topic_offsets import TopicOffsets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyter_stream.kafka.profile import Profile, Properties

# Where `refused` keeps what concerns no single partition.
ALL = -1

# What the class does itself, without its detour through Python.
_as_record = cast("Callable[[tuple[Any, ...]], Record]", partial(tuple.__new__, Record))
# An offset beyond all: that of a partition that is not read.
_NEVER = 2**63

BATCH_BYTES = 4 * 2**20
BATCH_RECORDS = 4_000

# What a profile may choose differently.
OWN_PROPERTIES: Properties = {
    # The default of 1000 ms makes many small records five times slower.
    "fetch.queue.backoff.ms": 5,
    # What is read ahead is bounded by the queue and one answer of each broker.
    "queued.max.messages.kbytes": 32_768,
    # The default of 1 MiB a partition and answer is slow where answers come from far away.
    "fetch.message.max.bytes": 4 * 2**20,
    "fetch.max.bytes": 16 * 2**20,
    # A larger record comes whole nevertheless, as an answer that must not be larger than this;
    # with more, the first letters of other protocols would be taken for lengths.
    "receive.message.max.bytes": 300 * 2**20,
    # Partitions that are added later are seen by then.
    "topic.metadata.refresh.interval.ms": 10_000,
}

# What the readers rely on, whatever a profile says.
PINNED_PROPERTIES: Properties = {
    "enable.auto.commit": False,
    "enable.auto.offset.store": False,
    # The ends of partitions: what stands before may be no record, or may be gone.
    "enable.partition.eof": True,
    # Records that are gone are counted before the reader goes on.
    "auto.offset.reset": "error",
}


class TopicConsumer:
    """Reads partitions of a topic; for use in one thread.

    `next` holds the partitions that are read, and the next offset of each (negative as long as
    that is whichever comes first). Records of other partitions are left out. `outrun` holds those
    of them whose next offset is not in the topic. `refused` says what the cluster refuses, by
    partition (or ALL of them). `trouble` says why no records come, `oversize` that one is larger
    than the client takes. `offsets` asks the cluster for the partitions, and where they begin and
    end.

    Parameters
    ----------
    profile
        The cluster.
    topic
        Name of the topic.
    properties
        More properties of the client; these win over the profile's.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, topic: str, properties: Mapping[str, Any]) -> None:
        self.topic = topic
        self.bootstrap = profile.bootstrap
        self.next: dict[int, int] = {}
        self.outrun: set[int] = set()
        self.refused: dict[int, str] = {}
        self.trouble: str | None = None
        self.oversize: str | None = None
        self._mean_size = 0.0
        self._asked_ends: dict[int, int] = {}
        chosen = {**OWN_PROPERTIES, **profile.broker, **profile.consumer}
        settings = {**chosen, **PINNED_PROPERTIES, **properties}
        self.client = make_client(KafkaConsumer, profile, settings, self.note)
        self.offsets = TopicOffsets(self.client, topic)

    @property
    def away(self) -> bool:
        """Whether the cluster does not answer: what is asked of it now may wait for long."""
        return self.trouble is not None and not self.refused

    def take(self, timeout: float, most: int = BATCH_RECORDS) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        most
            How many records at most.
        """
        self._asked_ends.clear()
        first = self._first(timeout)
        if first is None:
            return []
        # Sized by bytes: hundreds of large records at once are slow and take memory.
        wanted = int(BATCH_BYTES / max(self._mean_size, BATCH_BYTES / min(most, BATCH_RECORDS)))
        messages = [first]
        if wanted > 1:
            messages += self.client.consume(wanted - 1, 0)
        # Only now, since each call may have taken partitions away.
        records = self._records(messages)
        if records:
            size = sum([len(record.value or b"") for record in records])
            # As if each record had moved the mean by a tenth of the difference.
            share = 1 - 0.9 ** len(records)
            self._mean_size += share * (size / len(records) - self._mean_size)
        return records

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""
        total = 0
        for partition, offset in self.next.items():
            low, high = self.client.get_watermark_offsets(
                Position(self.topic, partition), cached=True
            )
            high = max(high, self._asked_ends.get(partition, high))
            if high < 0:
                return None
            total += max(0, high - max(offset, low, 0))
        return total

    def look_at_ends(self, timeout: float) -> None:
        """Ask where the partitions end, for `lag`: while nothing is taken, little is fetched.

        Parameters
        ----------
        timeout
            Seconds to wait for the answer.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        self._asked_ends = self.offsets.highs(self.next, timeout)

    def positions(self, offsets: Mapping[int, int]) -> list[Position]:
        """Return offsets of partitions as librdkafka wants them.

        Parameters
        ----------
        offsets
            The offset of each partition.
        """
        return [Position(self.topic, partition, offset) for partition, offset in offsets.items()]

    def note(self, error: KafkaError) -> None:
        """Keep an error as the trouble of now.

        Parameters
        ----------
        error
            librdkafka's error.
        """
        if told := too_large(error.str()):
            # It comes again and again.
            self.oversize = self.refused[ALL] = self.trouble = told
        elif self.oversize is None:
            # Else it is what comes of that: the connection is closed.
            self.trouble = in_trouble(self.bootstrap, error)

    def _records(self, messages: list[Message]) -> list[Record]:
        """Return the messages that are records to be read; column by column, which is quick."""
        if not self._follow(messages):
            messages = [message for message in messages if self._takes(message)]
        times = [
            None if kind == TIMESTAMP_NOT_AVAILABLE else milliseconds / 1000
            for kind, milliseconds in map(Message.timestamp, messages)
        ]
        rows = zip(
            repeat(self.topic),
            map(Message.partition, messages),
            map(Message.offset, messages),
            times,
            map(Message.key, messages),
            map(Message.value, messages),
            [tuple(headers) if headers else () for headers in map(Message.headers, messages)],
            strict=False,  # the topic is without end
        )
        return list(map(_as_record, rows))

    def _follow(self, messages: list[Message]) -> bool:
        """Move on past messages if all are records, and go on in partitions that are read."""
        if self.refused or any(map(Message.error, messages)):
            return False
        partitions, offsets = map(Message.partition, messages), map(Message.offset, messages)
        places: list[tuple[Any, Any]] = list(zip(partitions, offsets, strict=True))
        for partition, offset in dict(reversed(places)).items():
            # A negative next offset is before every record.
            if offset < self.next.get(partition, _NEVER):
                return False
        for partition, offset in dict(places).items():
            self.next[partition] = offset + 1
        return True

    def _takes(self, message: Message) -> bool:
        """Move on past a message, and tell whether it is a record to be read."""
        if not self._counts(message):
            return False
        # Only a message that was never delivered lacks these, says the client's own typing.
        self.next[cast("int", message.partition())] = cast("int", message.offset()) + 1
        return True

    def _first(self, timeout: float) -> Message | None:
        deadline = time.monotonic() + timeout
        message = self.client.poll(timeout)
        while message is not None and not self._counts(message):
            message = self.client.poll(max(0.0, deadline - time.monotonic()))
        return message

    def _counts(self, message: Message) -> bool:
        """Tell whether a message is a record to be read; otherwise see what it says."""
        error = message.error()
        if error is None:
            where: Any = message.partition()
            if self.refused:
                self._can_be_had(where)
            offset: Any = message.offset()
            # A negative next offset is before every record.
            return bool(offset >= self.next.get(where, _NEVER))
        # What concerns no partition has no topic either; the partition it names means nothing.
        named = message.partition() if message.topic() else None
        partition = ALL if named is None else named
        # A partition that is not read (any more) has nothing to say.
        if partition == ALL or partition in self.next:
            self._hear(error, partition, message.offset())
        return False

    def _can_be_had(self, partition: int) -> None:
        """Note that the cluster gives what is in a partition."""
        self.refused.pop(partition, None)
        if self.oversize is not None:
            self.oversize = None
            self.refused.pop(ALL, None)

    def _hear(self, error: KafkaError, partition: int, offset: int | None) -> None:
        if error.code() == KafkaError._PARTITION_EOF:  # noqa: SLF001 - the client's public name
            self._can_be_had(partition)
            self.next[partition] = cast("int", offset)
        elif error.code() == KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001
            self.outrun.add(partition)
        elif passes(error):
            self.note(error)
        else:
            self.trouble = self.refused[partition] = in_trouble(self.bootstrap, error)
