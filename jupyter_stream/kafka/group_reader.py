"""Reading a topic as a member of a consumer group."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING, KafkaException

from jupyter_stream.kafka.group_commits import GroupCommits
from jupyter_stream.kafka.member_clock import member_clock
from jupyter_stream.kafka.starting_offsets import begin_reading
from jupyter_stream.kafka.topic_check import CHECK_SECONDS, TopicCheck
from jupyter_stream.kafka.topic_consumer import TopicConsumer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from confluent_kafka import Consumer as KafkaConsumer
    from confluent_kafka import TopicPartition as Position

    from jupyter_stream.kafka.profile import Profile, Properties
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

ANSWER_SECONDS = 4.0
CLOSE_SECONDS = 1.5

SESSION = "session.timeout.ms"
SESSION_MILLISECONDS = 45_000

# Which partitions a member keeps must not depend on a profile: see `GroupReader`.
PINNED_PROPERTIES: Properties = {
    "group.protocol": "classic",
    "partition.assignment.strategy": "cooperative-sticky",
}


class GroupReader:
    """Reads the partitions that a consumer group gives it; for use in one thread.

    A `RecordReader`. When members come and go, only the partitions that move are given away; the
    others are read on. A partition is read from the group's position on, and only after that is
    known.

    Parameters
    ----------
    profile
        The cluster.
    topic
        Name of the topic, which must exist.
    group
        Name of the group.
    start
        Where to start in partitions of which the group has no position. Partitions that are added
        later are read from their first record.
    on_revoked
        Called with partitions before they are given away, or when they are lost; in the latter
        case nothing can be committed for them any more.

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

    def __init__(
        self,
        profile: Profile,
        topic: str,
        group: str,
        start: Start,
        on_revoked: Callable[[set[int]], None],
    ) -> None:
        self.topic = topic
        self._on_revoked = on_revoked
        self._commits = GroupCommits()
        chosen = {SESSION: SESSION_MILLISECONDS, **profile.broker, **profile.consumer}
        # Half of what the group waits for a member that is silent.
        self._sure_seconds = int(chosen[SESSION]) / 2000
        properties = {
            **PINNED_PROPERTIES,
            SESSION: chosen[SESSION],
            "group.id": group,
            "on_commit": self._commits.on_commit,
        }
        self._consumer = TopicConsumer(profile, topic, properties)
        begin = begin_reading(self._consumer, start)
        self._check = TopicCheck(self._consumer)
        self._starts = begin.next
        self._ends = begin.ends
        self._count = len(begin.next)
        self._joined = False
        self._given: set[int] = set()
        self._held: list[Record] = []
        self._paused = False
        self._sure = member_clock()
        self._asked = self._settled = 0.0
        self._group_was_done = False
        self._consumer.client.subscribe(
            [topic], on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._lost
        )

    @property
    def trouble(self) -> str | None:
        """Why no records come, or why positions cannot be committed; None when all is well."""
        return self._consumer.trouble or self._commits.trouble

    @property
    def lost(self) -> int:
        """How many records the cluster deleted before they were read."""
        return self._check.lost

    @property
    def restarted(self) -> int:
        """How often a partition had become shorter than what was read, and was begun anew."""
        return self._check.restarted

    @property
    def partitions(self) -> set[int]:
        """The partitions that are this member's now."""
        return self._given | self._consumer.next.keys()

    @property
    def partition_count(self) -> int:
        """How many partitions the topic has, as far as is known."""
        return self._count

    @property
    def at_end(self) -> bool:
        """Whether everything was read that the topic held when the reader was opened.

        Of this member's partitions; one that has none waits until the group is done with all.
        """
        if not self._joined or self._given or self._held:
            return False
        if not self._consumer.next:
            return self._group_is_done()
        ends = self._ends
        return all(offset >= ends.get(place, 0) for place, offset in self._consumer.next.items())

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        self._attend()
        if self._held:
            self._hold(timeout if self._in_doubt() else 0)
        else:
            self._resume()
            self._held = self._consumer.take(timeout)
        if not self._is_member():
            return []
        records, self._held = self._held, []
        return records

    def lag(self) -> int | None:
        """Return how many records of this member's partitions are still to be read.

        None while that is unknown.
        """
        if not self._joined or self._given:
            return None
        return self._consumer.lag()

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Remember for the group how far partitions are done, without waiting for it.

        Parameters
        ----------
        offsets
            For each partition the first offset that is not done.
        """
        self._commits.give(offsets)
        self._commits.send(self._consumer)

    def keep_alive(self) -> None:
        """Stay a member of the group while records cannot be taken; none is lost by it."""
        self._attend()
        self._hold(0)
        self._is_member()

    def close(self) -> None:
        """Give all partitions away, commit what is still to be committed, and leave the group."""
        try:
            self._on_revoked(self.partitions)
        finally:
            self._leave()

    def _leave(self) -> None:
        self._commits.send(self._consumer)
        deadline = time.monotonic() + CLOSE_SECONDS
        self._pause()
        while self._commits.pending and time.monotonic() < deadline:
            self._consumer.take(0.05)
            self._commits.send(self._consumer)
        self._forget(self.partitions)
        self._consumer.client.close()

    def _attend(self) -> None:
        if self._given and time.monotonic() > self._settled:
            self._settle(self._given)
        if self._consumer.outrun:
            self._go_on_behind_what_is_gone()
        self._commits.send(self._consumer)
        partitions = self._check.partitions()
        if partitions is not None:
            self._count = len(partitions)
        if partitions == set():
            # Should the topic be made again, all of it is new.
            self._starts.clear()
            self._ends.clear()

    def _settle(self, partitions: set[int]) -> None:
        """Begin to read partitions that were given to us, each from the group's position on."""
        self._settled = time.monotonic() + CHECK_SECONDS
        consumer = self._consumer
        try:
            committed = self._committed(partitions)
            first = {place: self._starts.get(place, OFFSET_BEGINNING) for place in partitions}
            within = self._check.within({**first, **committed})
        except KafkaException as error:
            consumer.note(error.args[0])
            return
        self._given -= partitions
        self._settled = 0.0
        consumer.next |= within
        consumer.client.incremental_assign(consumer.positions(within))
        self._paused = False
        self._commits.begin(within)
        # Who comes after us must not start elsewhere: the end, say, has moved on by then.
        self._commits.give({place: within[place] for place in within.keys() - committed.keys()})

    def _go_on_behind_what_is_gone(self) -> None:
        consumer = self._consumer
        before = {partition: consumer.next[partition] for partition in consumer.outrun}
        try:
            within = self._check.within(before)
        except KafkaException as error:
            consumer.note(error.args[0])
            return
        consumer.outrun.clear()
        for partition in [place for place, offset in within.items() if offset < before[place]]:
            # What the topic held when the reader was opened is no more.
            self._ends.pop(partition, None)
        consumer.next |= within
        consumer.client.incremental_unassign(consumer.positions(within))
        consumer.client.incremental_assign(consumer.positions(within))
        self._paused = False

    def _committed(self, partitions: Iterable[int]) -> dict[int, int]:
        """Return the group's positions; partitions without one are left out."""
        asked = self._consumer.positions(dict.fromkeys(partitions, OFFSET_BEGINNING))
        answers = self._consumer.client.committed(asked, timeout=ANSWER_SECONDS)
        for answer in answers:
            if answer.error:
                raise KafkaException(answer.error)
        return {answer.partition: answer.offset for answer in answers if answer.offset >= 0}

    def _group_is_done(self) -> bool:
        now = time.monotonic()
        if now > self._asked + CHECK_SECONDS:
            self._asked = now
            try:
                committed = self._committed(self._ends)
            except KafkaException:
                return False
            self._group_was_done = all(
                committed.get(place, 0) >= end for place, end in self._ends.items()
            )
        return self._group_was_done

    def _hold(self, timeout: float) -> None:
        """Take no more records, but keep those that come nevertheless."""
        self._pause()
        taken = self._consumer.take(timeout)
        while taken:
            self._held += taken
            taken = self._consumer.take(0)

    def _pause(self) -> None:
        if not self._paused:
            self._consumer.client.pause(self._consumer.positions(self._consumer.next))
            self._paused = True

    def _resume(self) -> None:
        if self._paused:
            self._consumer.client.resume(self._consumer.positions(self._consumer.next))
            self._paused = False

    def _in_doubt(self) -> bool:
        """Tell whether we were silent for so long that the group may have given us up."""
        since = max(self._sure, self._commits.confirmed)
        return bool(self._consumer.next) and member_clock() - since > self._sure_seconds

    def _is_member(self) -> bool:
        if self._in_doubt():
            self._commits.ask()
            self._commits.send(self._consumer)
            return False
        self._sure = member_clock()
        return True

    def _assigned(self, client: KafkaConsumer, positions: list[Position]) -> None:
        self._joined = True
        self._consumer.refused.pop(-1, None)
        self._given |= {place.partition for place in positions}
        # Read they are as soon as the group's positions are known.
        client.incremental_assign([])

    def _revoked(self, client: KafkaConsumer, positions: list[Position]) -> None:
        going = {place.partition for place in positions} & self.partitions
        try:
            if going:
                self._on_revoked(going)
                self._commits.send_now(self._consumer, going)
        finally:
            self._forget(going)
            self._unassign(client, positions)

    def _lost(self, client: KafkaConsumer, positions: list[Position]) -> None:
        gone = {place.partition for place in positions} & self.partitions
        # Another member may read them already: nothing may come, or be committed, any more.
        self._forget(gone)
        try:
            if gone:
                self._on_revoked(gone)
        finally:
            self._unassign(client, positions)

    def _forget(self, partitions: set[int]) -> None:
        self._commits.forget(partitions)
        self._given -= partitions
        self._consumer.outrun -= partitions
        for partition in partitions:
            self._consumer.next.pop(partition, None)
            self._consumer.refused.pop(partition, None)
        self._held = [record for record in self._held if record.partition not in partitions]

    def _unassign(self, client: KafkaConsumer, positions: list[Position]) -> None:
        assigned = {place.partition for place in client.assignment()}
        client.incremental_unassign([place for place in positions if place.partition in assigned])
