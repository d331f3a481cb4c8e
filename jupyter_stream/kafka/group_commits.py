"""The positions of a group: committed in the background, and again where that failed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException

from jupyter_stream.kafka.member_clock import member_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from confluent_kafka import TopicPartition as Position

    from jupyter_stream.kafka.topic_consumer import TopicConsumer

RETRY_SECONDS = 1.0
# So long a group may take to share its partitions out anew; that is no trouble.
REBALANCE_SECONDS = 15.0

_REBALANCING = frozenset(
    {
        KafkaError.ILLEGAL_GENERATION,
        KafkaError.REBALANCE_IN_PROGRESS,
        KafkaError.UNKNOWN_MEMBER_ID,
    }
)


class GroupCommits:
    """Commits the offsets of the partitions that a member reads.

    `trouble` says why the last ones are not committed. `confirmed` is when, on the clock of
    members, the group last took a commit: then we were a member of it.
    """

    def __init__(self) -> None:
        self.trouble: str | None = None
        self.confirmed = float("-inf")
        self._known: dict[int, int] = {}
        self._wanted: dict[int, int] = {}
        self._sent: float | None = None
        self._again = 0.0
        self._failing_since: float | None = None

    @property
    def pending(self) -> bool:
        """Whether offsets were given that the group has not yet."""
        return bool(self._wanted)

    @property
    def unanswered(self) -> bool:
        """Whether a request is on its way."""
        return self._sent is not None

    def begin(self, offsets: Mapping[int, int]) -> None:
        """Take partitions that were given to us.

        Parameters
        ----------
        offsets
            Where each begins.
        """
        self._known |= offsets

    def give(self, offsets: Mapping[int, int]) -> None:
        """Take offsets that are to be committed.

        Parameters
        ----------
        offsets
            By partition; those that are not ours are passed over.
        """
        ours = {
            partition: offset for partition, offset in offsets.items() if partition in self._known
        }
        self._known |= ours
        self._wanted |= ours

    def ask(self) -> None:
        """Commit all offsets again, since nothing else tells whether we are still a member."""
        self._wanted |= self._known

    def forget(self, partitions: Iterable[int]) -> None:
        """Let go of partitions that are not ours any more.

        Parameters
        ----------
        partitions
            Which.
        """
        for partition in partitions:
            self._known.pop(partition, None)
            self._wanted.pop(partition, None)

    def send(self, consumer: TopicConsumer) -> None:
        """Commit in the background what is to be committed, one request at a time.

        Parameters
        ----------
        consumer
            The member of the group.
        """
        waits = self._sent is not None or time.monotonic() < self._again
        if waits or not self._wanted or consumer.away:
            return
        self._sent = member_clock()
        try:
            consumer.client.commit(offsets=consumer.positions(self._wanted), asynchronous=True)
        except KafkaException as error:
            self._failed(error.args[0])

    def send_now(self, consumer: TopicConsumer, partitions: set[int]) -> None:
        """Commit, and wait for it, before partitions are given away.

        Parameters
        ----------
        consumer
            The member of the group.
        partitions
            Which.
        """
        last = {
            partition: self._wanted[partition] for partition in partitions & self._wanted.keys()
        }
        if not last or consumer.away:
            return
        try:
            consumer.client.commit(offsets=consumer.positions(last), asynchronous=False)
        except KafkaException as error:
            self.trouble = f"positions are not committed: {error.args[0].str()}"
        self.forget(last)

    def on_commit(self, error: KafkaError | None, positions: list[Position]) -> None:
        """Take librdkafka's answer; it calls this from within a poll.

        Parameters
        ----------
        error
            What went wrong with all of them.
        positions
            The offsets, each perhaps with an error of its own.
        """
        failure = error or next((place.error for place in positions if place.error), None)
        if failure is not None:
            self._failed(failure)
            return
        for place in positions:
            if self._wanted.get(place.partition) == place.offset:
                del self._wanted[place.partition]
        if self._sent is not None:
            self.confirmed = self._sent
        self._sent = None
        self._failing_since = None
        self.trouble = None

    def _failed(self, error: KafkaError) -> None:
        now = time.monotonic()
        self._sent = None
        self._again = now + RETRY_SECONDS
        if self._failing_since is None:
            self._failing_since = now
        if error.code() in _REBALANCING and now < self._failing_since + REBALANCE_SECONDS:
            return
        self.trouble = f"positions are not committed: {error.str()} (tried again)"
