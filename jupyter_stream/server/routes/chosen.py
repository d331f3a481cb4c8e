"""The partitions that a request is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import TopicNotFound

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.inspector import Inspector


def chosen_partitions(inspector: Inspector, topic: str, partition: int | None) -> list[int]:
    """Return the partitions of a topic, or the one that is asked for.

    Parameters
    ----------
    inspector
        Asks the cluster.
    topic
        Name of the topic.
    partition
        Which; None for all.

    Raises
    ------
    TopicNotFound
        There is no such topic, or no such partition.
    ClusterUnreachable
        No broker answers.
    """
    there = sorted(inspector.partitions(topic))
    if partition is None:
        return there
    if partition not in there:
        raise TopicNotFound(f"topic {topic!r} has no partition {partition}: it has {len(there)}")
    return [partition]
