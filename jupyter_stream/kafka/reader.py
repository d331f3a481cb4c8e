"""Reading a topic from a chosen position, without a consumer group."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING, KafkaException

from jupyter_stream.errors import ClusterUnreachable, TopicNotFound
from jupyter_stream.kafka.client import likely_cause
from jupyter_stream.kafka.starting_offsets import starting_offsets
from jupyter_stream.kafka.topic_consumer import TopicConsumer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

METADATA_SECONDS = 5.0
CHECK_SECONDS = 1.0


class TopicReader:
    """Reads all partitions of a topic; for use in one thread. A `RecordReader`.

    Parameters
    ----------
    profile
        The cluster.
    topic
        Name of the topic, which must exist.
    start
        Where to start. Partitions that are added later are read from their first record.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    TopicNotFound
        The topic was deleted just now.
    UsageMistake
        The start is an offset that the topic does not have.
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, topic: str, start: Start) -> None:
        self.topic = topic
        self.lost = 0
        self.restarted = 0
        # librdkafka wants a group's name, though no group is joined.
        properties = {"group.id": f"jupyter_stream-{uuid.uuid4()}"}
        self._consumer = TopicConsumer(profile, topic, properties)
        self._ends: dict[int, int] = {}
        self._checked = self._listed = time.monotonic()
        try:
            self._begin(start)
        except KafkaException as error:
            self._consumer.client.close()
            raise ClusterUnreachable(
                f"no answer from {profile.bootstrap}: {likely_cause(error.args[0].str())}"
            ) from None
        except BaseException:
            self._consumer.client.close()
            raise

    @property
    def trouble(self) -> str | None:
        """Why no records come; None when all is well."""
        return self._consumer.trouble

    @property
    def partitions(self) -> set[int]:
        """The partitions of the topic, as far as they are read already."""
        return set(self._consumer.next)

    @property
    def partition_count(self) -> int:
        """How many partitions the topic has, as far as is known."""
        return len(self._consumer.next)

    @property
    def at_end(self) -> bool:
        """Whether everything was read that the topic held when the reader was opened."""
        return all(self._consumer.next[partition] >= end for partition, end in self._ends.items())

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        # Before records are taken: where they were taken from is assigned anew.
        self._look_after_the_connection()
        return self._consumer.take(timeout)

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""
        return self._consumer.lag()

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Do nothing: without a group nobody keeps positions.

        Parameters
        ----------
        offsets
            Not used.
        """

    def keep_alive(self) -> None:
        """See whether the cluster is well, though no records are taken."""
        self._look_after_the_connection()

    def close(self) -> None:
        """Leave the topic, and release the connection."""
        self._consumer.client.close()

    def _begin(self, start: Start) -> None:
        partitions = self._consumer.partitions()
        if not partitions:
            raise TopicNotFound(f"there is no topic {self.topic!r} at {self._consumer.bootstrap}")
        begin = starting_offsets(self._consumer, partitions, start)
        self._consumer.next = begin.next
        self._ends = begin.ends
        self.lost = begin.lost
        self._assign()

    def _look_after_the_connection(self) -> None:
        """See whether trouble is over, and whether partitions were added or cut."""
        now = time.monotonic()
        if self._consumer.outrun:
            self._go_on_behind_what_is_lost()
        if self.trouble and now > self._checked + CHECK_SECONDS:
            self._checked = now
            self._refresh()
        elif now > self._listed + METADATA_SECONDS:
            self._refresh()

    def _refresh(self) -> None:
        self._listed = time.monotonic()
        consumer = self._consumer
        try:
            partitions = consumer.partitions(CHECK_SECONDS)
        except KafkaException as error:
            # The trouble as it was told first says more than that there is still no answer.
            if consumer.trouble is None:
                consumer.note(error.args[0])
            return
        if not partitions:
            consumer.trouble = f"topic {self.topic!r} is not there any more"
            return
        # What the cluster refuses for good is told once, and stays so until something comes.
        consumer.trouble = next(iter(consumer.refused.values()), None)
        if added := partitions - consumer.next.keys():
            consumer.next |= dict.fromkeys(added, OFFSET_BEGINNING)
            self._assign()

    def _go_on_behind_what_is_lost(self) -> None:
        consumer = self._consumer
        try:
            lows = consumer.lows(consumer.outrun)
        except KafkaException as error:
            consumer.note(error.args[0])
            return
        consumer.outrun.clear()
        for partition, low in lows.items():
            self._go_on_at(partition, low)
        self._assign()

    def _go_on_at(self, partition: int, low: int) -> None:
        before = self._consumer.next[partition]
        self._consumer.next[partition] = low
        # Of a partition not yet begun nobody has waited for a certain record.
        if before > low:
            self.restarted += 1
            self._ends.pop(partition, None)
        elif before >= 0:
            self.lost += low - before

    def _assign(self) -> None:
        self._consumer.client.assign(self._consumer.positions(self._consumer.next))
