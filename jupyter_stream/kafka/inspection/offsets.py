"""Offsets of many partitions at once: one question to each broker, however many there are."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from confluent_kafka import IsolationLevel, KafkaException, TopicPartition
from confluent_kafka.admin import OffsetSpec  # type: ignore[attr-defined]

from jupyter_stream.kafka.answers import (
    GRACE_SECONDS,
    NobodyLeads,
    answer,
    as_ours,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Future

    from jupyter_stream.errors import StreamError
    from jupyter_stream.kafka.inspection.connection import Connection

EARLIEST: Any = OffsetSpec.earliest()  # type: ignore[no-untyped-call]
LATEST: Any = OffsetSpec.latest()  # type: ignore[no-untyped-call]
NEWEST: Any = OffsetSpec.max_timestamp()  # type: ignore[no-untyped-call]

# So long the election of a leader is waited for.
ELECTION_SECONDS = 3.0
LOOK_SECONDS = 0.1

Place = tuple[str, int]
"""A topic and a partition."""


class Found(NamedTuple):
    """What a cluster tells of a place in a partition.

    Attributes
    ----------
    offset
        The offset; negative if there is none.
    time
        Of the record there, in epoch seconds; None if it has none, or none was asked for.
    """

    offset: int
    time: float | None


class Question:
    """A question for offsets that is on its way.

    Parameters
    ----------
    connection
        To the cluster.
    places
        Of which partitions.
    what
        Of each: EARLIEST, LATEST, NEWEST (the record with the highest time) or `since`.
    seconds
        How long it may take.
    isolation
        Whether LATEST is behind what transactions have not committed yet.
    """

    def __init__(
        self,
        connection: Connection,
        places: Iterable[Place],
        what: Any,
        seconds: float,
        isolation: IsolationLevel = IsolationLevel.READ_UNCOMMITTED,
    ) -> None:
        self._connection = connection
        self._bootstrap = connection.bootstrap
        self._seconds = seconds
        self._isolation = isolation
        self._what = what
        self._places = list(places)
        self._futures = self._asked()

    def all(self) -> dict[Place, Found]:
        """Wait for the answers; each must be there.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic, or no such partition.
        ClusterRefused
            The cluster answered with something else than was asked for.
        """
        deadline = time.monotonic() + ELECTION_SECONDS
        while True:
            try:
                return self._all()
            except NobodyLeads:
                if time.monotonic() > deadline:
                    raise
            time.sleep(LOOK_SECONDS)
            self._futures = self._asked()

    def each(self) -> dict[Place, Found | StreamError]:
        """Wait for the answers, and give the error in place of those that are none."""
        told: dict[Place, Found | StreamError] = {}
        for asked, future in self._futures.items():
            try:
                found: Found | StreamError = _found(future.result(self._seconds + GRACE_SECONDS))
            except KafkaException as error:
                found = as_ours(error.args[0], self._bootstrap)
            told[asked.topic, asked.partition] = found
        return told

    def _all(self) -> dict[Place, Found]:
        return {
            (asked.topic, asked.partition): _found(answer(future, self._bootstrap, self._seconds))
            for asked, future in self._futures.items()
        }

    def _asked(self) -> Mapping[TopicPartition, Future[Any]]:
        asked = {TopicPartition(topic, partition): self._what for topic, partition in self._places}
        # The client refuses an empty question.
        if not asked:
            return {}
        futures: Mapping[TopicPartition, Future[Any]] = self._connection.admin.list_offsets(
            asked, isolation_level=self._isolation, request_timeout=self._seconds
        )
        return futures


def since(seconds: float) -> Any:
    """Return what asks for the first record of a time or later.

    Parameters
    ----------
    seconds
        The time in epoch seconds.
    """
    return OffsetSpec.for_timestamp(max(0, int(seconds * 1000)))


def _found(told: Any) -> Found:
    return Found(told.offset, told.timestamp / 1000 if told.timestamp >= 0 else None)
