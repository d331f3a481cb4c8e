"""Being a member of a consumer group: partitions come and go, positions are committed."""

from __future__ import annotations

import time
from threading import Thread
from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING, KafkaException

from jupyter_stream.kafka.group_commits import GroupCommits
from jupyter_stream.kafka.member_clock import member_clock
from jupyter_stream.kafka.starting_offsets import begin_reading
from jupyter_stream.kafka.topic_check import CHECK_SECONDS, TopicCheck
from jupyter_stream.kafka.topic_consumer import ALL, TopicConsumer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from confluent_kafka import Consumer as KafkaConsumer
    from confluent_kafka import TopicPartition as Position

    from jupyter_stream.kafka.profile import Profile, Properties
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

SESSION = "session.timeout.ms"
SESSION_MILLISECONDS = 45_000

# That only partitions which move are given away, and before another member gets them.
PINNED_PROPERTIES: Properties = {
    "group.protocol": "classic",
    "partition.assignment.strategy": "cooperative-sticky",
}


class GroupMembership:
    """One member of a group, and what it was given; for use in one thread.

    `consumer.next` holds the partitions that are read. `given` holds those that wait for the
    group's position. `held` are records that were taken and not yet handed out. `ends` is where
    partitions ended when we came. `partition_count` is how many the topic has.

    Parameters
    ----------
    profile, topic, group, start, on_revoked
        See `GroupReader`.
    """

    def __init__(
        self,
        profile: Profile,
        topic: str,
        group: str,
        start: Start,
        on_revoked: Callable[[set[int]], None],
    ) -> None:
        self.commits = GroupCommits()
        self.held: list[Record] = []
        self.given: set[int] = set()
        self.joined = False
        self._on_revoked = on_revoked
        chosen = {SESSION: SESSION_MILLISECONDS, **profile.broker, **profile.consumer}
        # Half of what the group waits for a member that is silent.
        self._sure_seconds = int(chosen[SESSION]) / 2000
        properties = {
            **PINNED_PROPERTIES,
            SESSION: chosen[SESSION],
            "group.id": group,
            "on_commit": self.commits.on_commit,
        }
        self.consumer = TopicConsumer(profile, topic, properties)
        begin = begin_reading(self.consumer, start)
        self.check = TopicCheck(self.consumer)
        self.ends = begin.ends
        self.partition_count = len(begin.next)
        self._starts = begin.next
        self._sure = member_clock()
        self._settle_again = 0.0
        self._paused: set[int] = set()
        self.consumer.client.subscribe(
            [topic], on_assign=self._assigned, on_revoke=self._revoked, on_lost=self._lost
        )

    @property
    def partitions(self) -> set[int]:
        """The partitions that are this member's now."""
        return self.given | self.consumer.next.keys()

    @property
    def in_doubt(self) -> bool:
        """Whether we were silent for so long that the group may have given us up."""
        since = max(self._sure, self.commits.confirmed)
        return bool(self.consumer.next) and member_clock() - since > self._sure_seconds

    def confirm(self) -> bool:
        """Tell whether we are a member for certain; if not, ask the group."""
        if self.in_doubt:
            self.commits.ask()
            self.commits.send(self.consumer)
            return False
        self._sure = member_clock()
        return True

    def attend(self) -> None:
        """Do what is due: begin with new partitions, go on behind what is gone, commit, look."""
        if self.given and time.monotonic() > self._settle_again:
            self._settle(self.given)
        if self.consumer.outrun:
            self._go_on_behind_what_is_gone()
        self.commits.send(self.consumer)
        partitions = self.check.partitions()
        if partitions is not None:
            self.partition_count = len(partitions)
        if partitions == set():
            # Should the topic be made again, all of it is new.
            self._starts.clear()
            self.ends.clear()

    def hold(self, timeout: float) -> None:
        """Take no more records, but keep those that come nevertheless.

        Parameters
        ----------
        timeout
            Seconds to wait for what else there is to hear.
        """
        self.pause()
        taken = self.consumer.take(timeout)
        while taken:
            self.held += taken
            taken = self.consumer.take(0)

    def pause(self) -> None:
        """Let no more records come."""
        coming = self.consumer.next.keys() - self._paused
        self.consumer.client.pause(self._positions(coming))
        self._paused |= coming

    def resume(self) -> None:
        """Let records come again."""
        self.consumer.client.resume(self._positions(self._paused & self.consumer.next.keys()))
        self._paused.clear()

    def leave(self) -> None:
        """Give up what we have, leave the group, and release the connection."""
        self._forget(self.partitions)
        client = self.consumer.client
        if self.commits.unanswered:
            # A commit without an answer holds up the farewell for the length of a session.
            Thread(target=client.close, name="leaving a group", daemon=True).start()
        else:
            client.close()

    def _settle(self, partitions: set[int]) -> None:
        """Begin to read partitions that were given to us, each from the group's position on."""
        self._settle_again = time.monotonic() + CHECK_SECONDS
        consumer = self.consumer
        try:
            committed = consumer.offsets.committed(partitions)
            first = {place: self._starts.get(place, OFFSET_BEGINNING) for place in partitions}
            within = self.check.within({**first, **committed})
        except KafkaException as error:
            consumer.note(error.args[0])
            return
        self.given -= partitions
        self._settle_again = 0.0
        self._read_on(within)
        self.commits.begin(within)
        # Who comes after us must not start elsewhere: the end, say, has moved on by then.
        self.commits.give({place: within[place] for place in within.keys() - committed.keys()})

    def _go_on_behind_what_is_gone(self) -> None:
        within = self.check.behind_what_is_gone(self.ends)
        if not within:
            return
        self.consumer.client.incremental_unassign(self.consumer.positions(within))
        self._read_on(within)

    def _read_on(self, offsets: dict[int, int]) -> None:
        consumer, positions = self.consumer, self.consumer.positions(offsets)
        consumer.next |= offsets
        consumer.client.incremental_assign(positions)
        # A pause outlives the assignment in which it was made.
        consumer.client.resume(positions)
        self._paused -= offsets.keys()

    def _assigned(self, client: KafkaConsumer, positions: list[Position]) -> None:
        self.joined = True
        self.consumer.refused.pop(ALL, None)
        self.given |= {place.partition for place in positions}
        # Read they are as soon as the group's positions are known.
        client.incremental_assign([])

    def _revoked(self, client: KafkaConsumer, positions: list[Position]) -> None:
        going = {place.partition for place in positions} & self.partitions
        try:
            if going:
                self._on_revoked(going)
                self.commits.send_now(self.consumer, going)
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
        self.commits.forget(partitions)
        self.given -= partitions
        self.consumer.outrun -= partitions
        self._paused -= partitions
        for partition in partitions:
            self.consumer.next.pop(partition, None)
            self.consumer.refused.pop(partition, None)
        self.held = [record for record in self.held if record.partition not in partitions]

    def _unassign(self, client: KafkaConsumer, positions: list[Position]) -> None:
        assigned = {place.partition for place in client.assignment()}
        client.incremental_unassign([place for place in positions if place.partition in assigned])

    def _positions(self, partitions: Iterable[int]) -> list[Position]:
        """Return partitions as librdkafka wants them where their offsets say nothing."""
        return self.consumer.positions(dict.fromkeys(partitions, OFFSET_BEGINNING))
