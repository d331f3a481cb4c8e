"""Reading a topic as a member of a consumer group."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaException

from jupyter_stream.kafka.group_membership import GroupMembership
from jupyter_stream.kafka.topic_check import CHECK_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

CLOSE_SECONDS = 1.5


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
        self._member = GroupMembership(profile, topic, group, start, on_revoked)
        self._asked = 0.0
        self._group_was_done = False

    @property
    def trouble(self) -> str | None:
        """Why no records come, or why positions cannot be committed; None when all is well."""
        return self._member.consumer.trouble or self._member.commits.trouble

    @property
    def lost(self) -> int:
        """How many records the cluster deleted before they were read."""
        return self._member.check.lost

    @property
    def restarted(self) -> int:
        """How often a partition had become shorter than what was read, and was begun anew."""
        return self._member.check.restarted

    @property
    def partitions(self) -> set[int]:
        """The partitions that are this member's now."""
        return self._member.partitions

    @property
    def partition_count(self) -> int:
        """How many partitions the topic has, as far as is known."""
        return self._member.partition_count

    @property
    def begins(self) -> Mapping[int, int]:
        """Nothing: the group keeps the positions."""
        return {}

    @property
    def at_end(self) -> bool:
        """Whether everything was read that the topic held when the reader was opened.

        Of this member's partitions; one that has none waits until the group is done with all.
        """
        if not self._member.joined or self._member.given or self._member.held:
            return False
        if not self._member.consumer.next:
            return self._group_is_done()
        ends = self._member.ends
        return all(
            offset >= ends.get(place, 0) for place, offset in self._member.consumer.next.items()
        )

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """
        self._member.attend()
        if self._member.held:
            self._member.hold(timeout if self._member.in_doubt else 0)
        else:
            self._member.resume()
            self._member.held = self._member.consumer.take(timeout)
        if not self._member.confirm():
            return []
        records, self._member.held = self._member.held, []
        return records

    def lag(self) -> int | None:
        """Return how many records of this member's partitions are still to be read.

        None while that is unknown.
        """
        if not self._member.joined or self._member.given:
            return None
        return self._member.consumer.lag()

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Remember for the group how far partitions are done, without waiting for it.

        Parameters
        ----------
        offsets
            For each partition the first offset that is not done.
        """
        self._member.commits.give(offsets)
        self._member.commits.send(self._member.consumer)

    def keep_alive(self) -> None:
        """Stay a member of the group while records cannot be taken; none is lost by it."""
        self._member.attend()
        self._member.hold(0)
        self._member.confirm()

    def close(self) -> None:
        """Give all partitions away, commit what is still to be committed, and leave the group."""
        try:
            self._on_revoked(self.partitions)
        finally:
            self._leave()

    def _leave(self) -> None:
        self._member.commits.send(self._member.consumer)
        deadline = time.monotonic() + CLOSE_SECONDS
        self._member.pause()
        while self._member.commits.pending and time.monotonic() < deadline:
            self._member.consumer.take(0.05)
            self._member.commits.send(self._member.consumer)
        self._member.leave()

    def _group_is_done(self) -> bool:
        now = time.monotonic()
        if now > self._asked + CHECK_SECONDS:
            self._asked = now
            try:
                committed = self._member.consumer.offsets.committed(self._member.ends)
            except KafkaException:
                return False
            self._group_was_done = all(
                committed.get(place, 0) >= end for place, end in self._member.ends.items()
            )
        return self._group_was_done
