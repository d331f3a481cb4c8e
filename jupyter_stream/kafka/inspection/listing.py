"""The topics of a cluster as they were a moment ago."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from confluent_kafka.admin import ClusterMetadata  # type: ignore[attr-defined]

INTERNAL = "__"


class PartitionPlace(NamedTuple):
    """Where a partition lies.

    Attributes
    ----------
    leader
        The broker that leads it; None while there is none.
    replicas
        All brokers that have a copy.
    in_sync
        Those of them that are up to date.
    """

    leader: int | None
    replicas: list[int]
    in_sync: list[int]


class Listing(NamedTuple):
    """All topics of a cluster.

    Attributes
    ----------
    topics
        For each topic its partitions.
    time
        When the cluster said so, in epoch seconds.
    """

    topics: dict[str, dict[int, PartitionPlace]]
    time: float


def is_internal(topic: str) -> bool:
    """Tell whether a topic is Kafka's own.

    Parameters
    ----------
    topic
        Its name.
    """
    return topic.startswith(INTERNAL)


def listing_of(metadata: ClusterMetadata) -> Listing:
    """Make a listing of what a cluster tells.

    Parameters
    ----------
    metadata
        What it tells.
    """
    topics = {
        name: {
            number: PartitionPlace(
                one.leader if one.leader >= 0 else None, list(one.replicas), list(one.isrs)
            )
            for number, one in topic.partitions.items()
        }
        for name, topic in metadata.topics.items()
    }
    # One without partitions is being made or deleted.
    return Listing({name: found for name, found in topics.items() if found}, time.time())
