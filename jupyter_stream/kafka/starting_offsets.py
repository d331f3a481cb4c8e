"""From where a user wants to start to an offset of each partition."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from confluent_kafka import KafkaException

from jupyter_stream.errors import TopicNotFound, UsageMistake
from jupyter_stream.kafka.client import unreachable

if TYPE_CHECKING:
    from jupyter_stream.kafka.start import Start
    from jupyter_stream.kafka.topic_consumer import TopicConsumer

APPEARANCE_SECONDS = 2.0
LOOK_SECONDS = 0.1


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
    """

    next: dict[int, int]
    ends: dict[int, int]
    lost: int


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
        An offset is not in the topic, and not its end either.
    """
    try:
        return _begin(consumer, start)
    except KafkaException as error:
        consumer.client.close()
        raise unreachable(consumer.bootstrap, error.args[0].str()) from None
    except BaseException:
        consumer.client.close()
        raise


def _begin(consumer: TopicConsumer, start: Start) -> StartingOffsets:
    partitions = _partitions(consumer)
    # "The end" is settled now: asked for lazily, records written meanwhile would be missed.
    ends = consumer.highs(partitions)
    if start == "latest":
        return StartingOffsets(dict(ends), ends, 0)
    lows = consumer.lows(partitions)
    if start == "earliest":
        return StartingOffsets(lows, ends, 0)
    if isinstance(start, int):
        return StartingOffsets(_from_offset(consumer.topic, start, lows, ends), ends, 0)
    if isinstance(start, Mapping):
        return _continued(consumer.topic, start, lows, ends)
    return StartingOffsets({**ends, **consumer.at_time(partitions, _epoch(start))}, ends, 0)


def _partitions(consumer: TopicConsumer) -> set[int]:
    # Brokers hear of a topic that was made just now one after another.
    deadline = time.monotonic() + APPEARANCE_SECONDS
    while not (partitions := consumer.partitions()):
        if time.monotonic() > deadline:
            raise TopicNotFound(f"there is no topic {consumer.topic!r} at {consumer.bootstrap}")
        time.sleep(LOOK_SECONDS)
    return partitions


def _epoch(start: datetime | timedelta) -> float:
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
    for partition, offset in wanted.items():
        if partition not in lows:
            raise UsageMistake(
                f"topic {topic!r} has no partition {partition}: it has 0 to {max(lows)}"
            )
        _check_range(topic, partition, offset, lows, ends)
        chosen[partition] = max(offset, lows[partition])
    lost = sum(
        chosen[partition] - min(offset, chosen[partition]) for partition, offset in wanted.items()
    )
    return StartingOffsets(chosen, ends, lost)


def _check_range(
    topic: str, partition: int, offset: int, lows: dict[int, int], ends: dict[int, int]
) -> None:
    if not 0 <= offset <= ends[partition]:
        raise UsageMistake(
            f"there is no offset {offset} in {topic} [{partition}]: it goes from "
            f"{lows[partition]} to {ends[partition]} (the end)"
        )
