"""Reading stretches of a topic's partitions, each from an offset to another."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, NamedTuple

from confluent_kafka import KafkaError, KafkaException

from jupyter_stream.errors import ClusterRefused, RecordNotFound, RecordTooLarge
from jupyter_stream.kafka.client import ANSWER_SECONDS, unreachable
from jupyter_stream.kafka.topic_consumer import TopicConsumer
from jupyter_stream.kafka.topic_offsets import TopicOffsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from jupyter_stream.kafka.inspection.budget import Budget
    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Record

WAIT_SECONDS = 0.05
# So long without a record means that none come.
SILENT_SECONDS = 8.0

# Pages are small: what is fetched beyond them is thrown away.
PAGES: Mapping[str, Any] = {
    "fetch.message.max.bytes": 2**17,
    "fetch.max.bytes": 8 * 2**20,
    "queued.max.messages.kbytes": 16_384,
    # The end of a stretch may be nothing but marks of transactions, of which no record tells.
    "fetch.wait.max.ms": 20,
}


# Scans need all that is fetched.
SCANS: Mapping[str, Any] = {"fetch.wait.max.ms": 20}


class Stretch(NamedTuple):
    """Offsets of a partition.

    Attributes
    ----------
    start
        The first.
    end
        The one behind the last.
    """

    start: int
    end: int


class RangeConsumer(TopicConsumer):
    """Reads stretches, of one topic after another; for use by one thread at a time.

    Parameters
    ----------
    profile
        The cluster.
    properties
        PAGES or SCANS: what it is to read.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, properties: Mapping[str, Any]) -> None:
        group = {"group.id": f"jupyter_stream-{uuid.uuid4()}"}
        super().__init__(profile, "", {**properties, **group})
        # Partitions of which the end was seen, where fewer records are than the offsets tell.
        self._ended: set[int] = set()
        self._ends: dict[int, int] = {}

    def read(
        self, topic: str, stretches: Mapping[int, Stretch], budget: Budget
    ) -> Iterator[list[Record]]:
        """Yield the records of stretches in batches, until the budget ends.

        Those of a partition come in order; `reached` tells afterwards how far it was read.

        Parameters
        ----------
        topic
            Name of the topic.
        stretches
            What to read, by partition.
        budget
            How much.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster refuses to give records.
        RecordNotFound
            A stretch was deleted meanwhile.
        RecordTooLarge
            A record is larger than the client takes.
        """
        self._turn_to(topic, stretches)
        heard = time.monotonic()
        try:
            while missing := sum(map(self._missing, stretches, stretches.values())):
                records = self.take(min(WAIT_SECONDS, budget.seconds_left), missing)
                if records:
                    heard = time.monotonic()
                    # Behind a gap comes what is behind the stretch, too.
                    kept = [one for one in records if one.offset < stretches[one.partition].end]
                    budget.spend(kept)
                    yield kept
                if budget.spent:
                    return
                self._check(heard)
        finally:
            self.client.unassign()

    def reached(self, number: int, stretch: Stretch) -> int:
        """Return how far a stretch was read.

        Parameters
        ----------
        number
            Of which partition.
        stretch
            What was to be read.
        """
        return stretch.end if number in self._ended else self.next[number]

    def _hear(self, error: KafkaError, partition: int, offset: int | None) -> None:
        is_end = error.code() == KafkaError._PARTITION_EOF  # noqa: SLF001 - its public name
        if is_end and (offset or 0) >= self._ends[partition]:
            self._ended.add(partition)
        super()._hear(error, partition, offset)

    def _missing(self, number: int, stretch: Stretch) -> int:
        return max(0, stretch.end - self.reached(number, stretch))

    def _turn_to(self, topic: str, stretches: Mapping[int, Stretch]) -> None:
        if topic != self.topic:
            self._introduce(topic)
        self.topic = topic
        self.offsets = TopicOffsets(self.client, topic)
        self.trouble = self.oversize = None
        self.refused.clear()
        self.outrun.clear()
        self._ended.clear()
        self._ends = {number: stretch.end for number, stretch in stretches.items()}
        self.next = {number: stretch.start for number, stretch in stretches.items()}
        self.client.assign(self.positions(self.next))

    def _introduce(self, topic: str) -> None:
        """Let the client hear of a topic: by itself it asks the cluster only after a second."""
        try:
            self.client.list_topics(topic, timeout=ANSWER_SECONDS)
        except KafkaException as error:
            raise unreachable(self.bootstrap, error.args[0].str()) from None

    def _check(self, heard: float) -> None:
        if self.oversize:
            raise RecordTooLarge(self.oversize)
        if self.refused:
            raise ClusterRefused(next(iter(self.refused.values())))
        if self.outrun:
            raise RecordNotFound(f"the cluster has just deleted records of {self.topic!r}")
        if time.monotonic() > heard + SILENT_SECONDS:
            raise unreachable(self.bootstrap, self.trouble or "")
