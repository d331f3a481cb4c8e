"""One topic: its partitions, settings and retention."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from confluent_kafka import TopicCollection

from jupyter_stream.kafka.answers import answer
from jupyter_stream.kafka.inspection.listing import PartitionPlace, is_internal
from jupyter_stream.kafka.inspection.offsets import EARLIEST, LATEST, Found, Question, since
from jupyter_stream.kafka.inspection.retention import Retention, retention_of
from jupyter_stream.kafka.inspection.settings import Setting, topic_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jupyter_stream.kafka.inspection.connection import Connection


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition of a topic.

    Attributes
    ----------
    partition
        Its number.
    low, high
        The watermarks: the first offset, and the one behind the last.
    leader
        The broker that leads it; None while there is none.
    replicas, in_sync
        The brokers that have a copy, and those of them that are up to date.
    bytes
        What it takes on disk; None if unknown.
    """

    partition: int
    low: int
    high: int
    leader: int | None
    replicas: list[int]
    in_sync: list[int]
    bytes: int | None


@dataclass(frozen=True, slots=True)
class TopicDetail:
    """One topic.

    Attributes
    ----------
    name
        Its name.
    internal
        Whether it is Kafka's own.
    partitions
        Its partitions, by number.
    settings
        Its settings; none if the cluster does not tell.
    retention
        How long it keeps records.
    """

    name: str
    internal: bool
    partitions: list[Partition]
    settings: list[Setting]
    retention: Retention


def topic_detail(
    connection: Connection,
    topic: str,
    sizes: Callable[[str, Iterable[int]], Mapping[int, int]],
    seconds: float,
) -> TopicDetail:
    """Ask for everything about a topic.

    Parameters
    ----------
    connection
        To the cluster.
    topic
        Its name.
    sizes
        Tells what partitions take on disk, in bytes, as far as that is known.
    seconds
        How long each answer may take.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    TopicNotFound
        There is no such topic.
    ClusterRefused
        The cluster does not tell the watermarks.
    """
    places = _places(connection, topic, seconds)
    on_disk = sizes(topic, places)
    asked = [(topic, number) for number in sorted(places)]
    questions = [
        Question(connection, asked, what, seconds) for what in (EARLIEST, LATEST, since(0))
    ]
    lows, highs = (question.all() for question in questions[:2])
    first = questions[2].each().values()
    oldest = min((one.time for one in first if isinstance(one, Found) and one.time), default=None)
    settings = topic_settings(connection, [topic], seconds).get(topic, [])
    partitions = [
        Partition(
            place[1],
            lows[place].offset,
            highs[place].offset,
            *places[place[1]],
            on_disk.get(place[1]),
        )
        for place in asked
    ]
    retention = retention_of(settings, oldest, time.time())
    return TopicDetail(topic, is_internal(topic), partitions, settings, retention)


def _places(connection: Connection, topic: str, seconds: float) -> dict[int, PartitionPlace]:
    """Ask where the partitions of one topic lie: all topics may be many."""
    asked = connection.admin.describe_topics(TopicCollection([topic]), request_timeout=seconds)
    told = answer(asked[topic], connection.bootstrap, seconds)
    return {
        one.id: PartitionPlace(
            None if one.leader is None else one.leader.id,
            [node.id for node in one.replicas],
            [node.id for node in one.isr],
        )
        for one in told.partitions
    }
