"""Consumer groups of a topic, and how far behind they are."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition

from jupyter_stream.errors import StreamError
from jupyter_stream.kafka.answers import answer
from jupyter_stream.kafka.inspection.offsets import LATEST, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from jupyter_stream.kafka.inspection.connection import Connection

MOST_GROUPS = 500
MOST_CLIENTS = 100


@dataclass(frozen=True, slots=True)
class GroupPartition:
    """Where a group stands in a partition.

    Attributes
    ----------
    partition
        Its number.
    committed
        The offset at which the group goes on; None if it has read nothing yet.
    lag
        How many records are still to be read; None if nothing was read yet.
    """

    partition: int
    committed: int | None
    lag: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A consumer group.

    Attributes
    ----------
    name
        Its name.
    state
        Kafka's word for its state, in lower case, such as "stable" or "empty".
    members
        How many clients take part.
    lag
        How many records are still to be read; None if unknown for all partitions.
    partitions
        Where it stands in each partition of the topic that it has to do with.
    client_ids
        The names that its members give themselves, at most 100.
    """

    name: str
    state: str
    members: int
    lag: int | None
    partitions: list[GroupPartition]
    client_ids: list[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """The consumer groups of a topic.

    Attributes
    ----------
    groups
        By name.
    complete
        False if the cluster has so many groups, or is so slow, that not all were looked at.
    """

    groups: list[Group]
    complete: bool


class GroupsQuestion:
    """Asks for the groups of a topic.

    Parameters
    ----------
    connection
        To the cluster.
    topic
        Name of the topic.
    partitions
        Its partitions.
    seconds
        How long all of it may take.
    """

    def __init__(
        self,
        connection: Connection,
        topic: str,
        partitions: Iterable[int],
        seconds: float,
    ) -> None:
        self._connection = connection
        self._admin, self._bootstrap = connection
        self._topic = topic
        self._places = [TopicPartition(topic, number) for number in sorted(partitions)]
        self._end = time.monotonic() + seconds

    def ask(self) -> Groups:
        """Return the groups that have read the topic, or are to.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic.
        ClusterRefused
            The cluster does not tell its groups.
        """
        names = self._names()
        chosen = names[:MOST_GROUPS]
        if not chosen:
            return Groups([], complete=True)
        highs = self._highs()
        described = self._admin.describe_consumer_groups(chosen, request_timeout=self._left)
        committed = {name: self._committed(name) for name in chosen}
        found, failed = [], len(names) - len(chosen)
        for name in chosen:
            try:
                description = answer(described[name], self._bootstrap, self._left)
                offsets = answer(committed[name], self._bootstrap, self._left)
            except StreamError:
                failed += 1
                continue
            found += self._group(description, offsets.topic_partitions, highs)
        return Groups(found, complete=not failed)

    @property
    def _left(self) -> float:
        return max(0.1, self._end - time.monotonic())

    def _names(self) -> list[str]:
        asked = self._admin.list_consumer_groups(request_timeout=self._left)
        told: Any = answer(asked, self._bootstrap, self._left)
        return sorted(group.group_id for group in told.valid)

    def _highs(self) -> dict[int, int]:
        places = [(self._topic, place.partition) for place in self._places]
        found = Question(self._connection, places, LATEST, self._left).all()
        return {partition: one.offset for (_, partition), one in found.items()}

    def _committed(self, name: str) -> Future[Any]:
        # The interface takes one group at a time; the questions are on their way together.
        asked = ConsumerGroupTopicPartitions(name, self._places)
        told = self._admin.list_consumer_group_offsets([asked], request_timeout=self._left)
        return told[name]

    def _group(
        self, description: Any, offsets: Sequence[TopicPartition], highs: Mapping[int, int]
    ) -> list[Group]:
        """Return the group, or nothing if it has nothing to do with the topic."""
        committed = {one.partition: one.offset for one in offsets if one.offset >= 0}
        of_members = set(_assigned(description, self._topic))
        concerned = sorted(committed.keys() | of_members)
        if not concerned:
            return []
        partitions = [_partition(number, committed, highs) for number in concerned]
        lags = [one.lag for one in partitions if one.lag is not None]
        clients = sorted({str(member.client_id) for member in description.members})
        return [
            Group(
                name=description.group_id,
                state=description.state.name.lower(),
                members=len(description.members),
                lag=sum(lags) if lags else None,
                partitions=partitions,
                client_ids=clients[:MOST_CLIENTS],
            )
        ]


def _assigned(description: Any, topic: str) -> list[int]:
    return [
        place.partition
        for member in description.members
        if member.assignment
        for place in member.assignment.topic_partitions
        if place.topic == topic
    ]


def _partition(
    number: int, committed: Mapping[int, int], highs: Mapping[int, int]
) -> GroupPartition:
    offset = committed.get(number)
    high = highs.get(number)
    lag = None if offset is None or high is None else max(0, high - offset)
    return GroupPartition(number, offset, lag)
