"""From where a user wants to start to an offset of each partition."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from confluent_kafka import KafkaError, KafkaException

from jupyter_stream.errors import TopicNotFound, UsageMistake
from jupyter_stream.kafka.client import unreachable

if TYPE_CHECKING:
    from jupyter_stream.kafka.start import Start
    from jupyter_stream.kafka.topic_consumer import TopicConsumer

APPEARANCE_SECONDS = 2.0
LOOK_SECONDS = 0.1

# Of a topic that was made just now, or whose leader changes.
_NOT_READY = frozenset(
    {
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.UNKNOWN_TOPIC_OR_PART,
    }
)


class StartingOffsets(NamedTuple):
    """Where to start, and what the topic held then.

    Parameters
    ----------
    next
        The offset to begin at, by partition.
    ends
        The offset behind the last record, by partition.
    lost
        How many records are gone, between where a partition was to be continued and its first.
    restarted
        How many partitions are shorter than where they were to be continued, and begin anew.
    """

    next: dict[int, int]
    ends: dict[int, int]
    lost: int = 0
    restarted: int = 0


def begin_reading(consumer: TopicConsumer, start: Start) -> StartingOffsets:
    """Find out where to start; close the consumer if that fails.

    Parameters
    ----------
    consumer
        A consumer that reads nothing yet.
    start
        Where the user wants to start.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    TopicNotFound
        There is no such topic.
    UsageMistake
        The topic has no such offset or partition.
    """
    try:
        return _begin_when_ready(consumer, start)
    except KafkaException as error:
        consumer.client.close()
        raise unreachable(consumer.bootstrap, error.args[0].str()) from None
    except BaseException:
        consumer.client.close()
        raise


def _begin_when_ready(consumer: TopicConsumer, start: Start) -> StartingOffsets:
    deadline = time.monotonic() + APPEARANCE_SECONDS
    while True:
        try:
            return _begin(consumer, start)
        except KafkaException as error:
            if error.args[0].code() not in _NOT_READY or time.monotonic() > deadline:
                raise
        time.sleep(LOOK_SECONDS)


def _begin(consumer: TopicConsumer, start: Start) -> StartingOffsets:
    partitions = _partitions(consumer)
    # "The end" is settled now: asked for lazily, records written meanwhile would be missed.
    ends = _known(consumer.offsets.highs(partitions))
    if start == "latest":
        return StartingOffsets(dict(ends), ends)
    lows = consumer.offsets.lows(partitions)
    if start == "earliest":
        return StartingOffsets(lows, ends)
    if isinstance(start, int):
        return StartingOffsets(_from_offset(consumer.topic, start, lows, ends), ends)
    if isinstance(start, Mapping):
        return _continued(consumer.topic, start, lows, ends)
    return StartingOffsets({**ends, **consumer.offsets.at_time(partitions, epoch_of(start))}, ends)


def _partitions(consumer: TopicConsumer) -> set[int]:
    # Brokers hear of a topic that was made just now one after another.
    deadline = time.monotonic() + APPEARANCE_SECONDS
    while not (partitions := consumer.offsets.partitions()):
        if time.monotonic() > deadline:
            raise TopicNotFound(f"there is no topic {consumer.topic!r} at {consumer.bootstrap}")
        time.sleep(LOOK_SECONDS)
    return partitions


def _known(ends: dict[int, int]) -> dict[int, int]:
    if any(end < 0 for end in ends.values()):
        raise KafkaException(KafkaError(KafkaError.LEADER_NOT_AVAILABLE))
    return ends


def epoch_of(start: datetime | timedelta) -> float:
    """Return a time to start at in epoch seconds.

    Parameters
    ----------
    start
        The time, or how long ago it was.

    Raises
    ------
    UsageMistake
        It is in the future.
    """
    if isinstance(start, datetime):
        return start.timestamp()
    if start < timedelta(0):
        raise UsageMistake("a start in the future: a timedelta says how long ago to start")
    return (datetime.now(UTC) - start).timestamp()


def _from_offset(
    topic: str, offset: int, lows: dict[int, int], ends: dict[int, int]
) -> dict[int, int]:
    # A topic's partitions have different lengths: one that is shorter has nothing of these yet.
    longest = max(ends, key=lambda partition: ends[partition])
    _check_range(topic, longest, offset, lows, ends)
    return {partition: min(max(offset, low), ends[partition]) for partition, low in lows.items()}


def _continued(
    topic: str, wanted: Mapping[int, int], lows: dict[int, int], ends: dict[int, int]
) -> StartingOffsets:
    chosen = dict(lows)
    lost = restarted = 0
    for partition, offset in wanted.items():
        _check_partition(topic, partition, offset, lows)
        if offset > ends[partition]:
            # The topic was made anew, or the cluster lost its newest records.
            restarted += 1
        else:
            chosen[partition] = max(offset, lows[partition])
            lost += chosen[partition] - offset
    return StartingOffsets(chosen, ends, lost, restarted)


def _check_partition(topic: str, partition: int, offset: int, lows: dict[int, int]) -> None:
    if partition not in lows:
        raise UsageMistake(f"topic {topic!r} has no partition {partition}: it has 0 to {max(lows)}")
    if offset < 0:
        raise UsageMistake(f"there is no offset {offset} in {topic} [{partition}]")


def _check_range(
    topic: str, partition: int, offset: int, lows: dict[int, int], ends: dict[int, int]
) -> None:
    if not 0 <= offset <= ends[partition]:
        raise UsageMistake(
            f"there is no offset {offset} in {topic} [{partition}]: it goes from "
            f"{lows[partition]} to {ends[partition]} (the end)"
        )
