"""Consumers, kept for the next page or scan: to connect takes longer than to read."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from jupyter_stream.kafka.inspection.range_consumer import RangeConsumer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jupyter_stream.kafka.profile import Profile

MOST_IDLE = 3


class ConsumerPool:
    """Lends consumers; any thread may call.

    Parameters
    ----------
    profile
        The cluster.
    properties
        What each consumer is made with.
    """

    def __init__(self, profile: Profile, properties: Mapping[str, Any]) -> None:
        self._profile = profile
        self._properties = properties
        self._lock = Lock()
        self._idle: list[RangeConsumer] = []
        self._closed = False

    @contextmanager
    def lent(self) -> Iterator[RangeConsumer]:
        """Lend a consumer; one that was used while something went wrong is not lent again.

        Raises
        ------
        ProfileError
            librdkafka does not accept a property of the profile.
        """
        with self._lock:
            consumer = self._idle.pop() if self._idle else None
        consumer = consumer or RangeConsumer(self._profile, self._properties)
        try:
            yield consumer
        except GeneratorExit:
            # Whoever reads has enough.
            self._take_back(consumer)
            raise
        except BaseException:
            consumer.client.close()
            raise
        self._take_back(consumer)

    def close(self) -> None:
        """Close what is not lent, and what comes back from now on."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for consumer in idle:
            consumer.client.close()

    def _take_back(self, consumer: RangeConsumer) -> None:
        with self._lock:
            keeps = not self._closed and len(self._idle) < MOST_IDLE
            if keeps:
                self._idle.append(consumer)
        if not keeps:
            consumer.client.close()
