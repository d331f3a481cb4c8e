"""Waiting for a cluster's answers, each with a deadline and an error of ours."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotInTime
from typing import TYPE_CHECKING, TypeVar

from confluent_kafka import KafkaError, KafkaException

from jupyter_stream.errors import ClusterRefused, TopicNotFound
from jupyter_stream.kafka.client import passes, unreachable

if TYPE_CHECKING:
    from concurrent.futures import Future

    from jupyter_stream.errors import StreamError

# librdkafka answers by then at the latest; if it does not, neither do we wait for ever.
GRACE_SECONDS = 1.0

_NOT_THERE = frozenset(
    {
        KafkaError.UNKNOWN_TOPIC_OR_PART,
        KafkaError._UNKNOWN_TOPIC,  # noqa: SLF001 - the client's public names start like this
        KafkaError._UNKNOWN_PARTITION,  # noqa: SLF001
    }
)
# Of a topic that was made just now, or whose leader changes; also of one that is not there.
_NO_LEADER = frozenset(
    {
        KafkaError.LEADER_NOT_AVAILABLE,
        KafkaError.NOT_LEADER_FOR_PARTITION,
        KafkaError.REPLICA_NOT_AVAILABLE,
        KafkaError.FENCED_LEADER_EPOCH,
        KafkaError.UNKNOWN_LEADER_EPOCH,
        KafkaError._NOENT,  # noqa: SLF001
    }
)

Answer = TypeVar("Answer")


class NobodyLeads(TopicNotFound):
    """A partition has no leader, for the moment or because it is not there."""


def answer(future: Future[Answer], bootstrap: str, seconds: float) -> Answer:
    """Wait for an answer.

    Parameters
    ----------
    future
        What was asked.
    bootstrap
        The address of the cluster, for error texts.
    seconds
        How long it was asked to take at most.

    Raises
    ------
    ClusterUnreachable
        No broker answers.
    TopicNotFound
        There is no such topic, or no such partition.
    ClusterRefused
        The cluster answered with something else than was asked for.
    """
    try:
        return future.result(seconds + GRACE_SECONDS)
    except NotInTime:
        raise unreachable(bootstrap, "") from None
    except KafkaException as error:
        raise as_ours(error.args[0], bootstrap) from None


def as_ours(error: KafkaError, bootstrap: str) -> StreamError:
    """Return an error of librdkafka's as one of ours.

    Parameters
    ----------
    error
        librdkafka's error.
    bootstrap
        The address of the cluster.
    """
    if error.code() in _NO_LEADER:
        return NobodyLeads(f"nobody at {bootstrap} leads the topic now, or it is not there")
    if error.code() in _NOT_THERE:
        return TopicNotFound(f"{bootstrap} knows no such topic or partition, or not yet")
    if passes(error):
        return unreachable(bootstrap, error.str())
    return ClusterRefused(f"{bootstrap} refused: {error.str()}")
