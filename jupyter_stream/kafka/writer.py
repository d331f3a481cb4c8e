"""Writing records, acknowledged by all replicas and never twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaException
from confluent_kafka import Producer as KafkaProducer

from jupyter_stream.errors import WriteFailed
from jupyter_stream.kafka.client import client_properties, in_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from confluent_kafka import KafkaError, Message

    from jupyter_stream.kafka.profile import Profile

IN_FLIGHT_BYTES = 32 * 2**20
IN_FLIGHT_RECORDS = 20_000
POLL_SECONDS = 0.1
CHECK_SECONDS = 1.0

OWN_PROPERTIES: dict[str, str | int | float | bool] = {
    "acks": "all",
    "enable.idempotence": True,
    "linger.ms": 5,
    "queue.buffering.max.messages": 2 * IN_FLIGHT_RECORDS,
    "queue.buffering.max.kbytes": 2 * IN_FLIGHT_BYTES // 1024,
}


class RecordWriter:
    """Writes records; for use in one thread.

    Parameters
    ----------
    profile
        The cluster.
    """

    def __init__(self, profile: Profile) -> None:
        self.trouble: str | None = None
        self._bootstrap = profile.bootstrap
        self._in_flight = 0
        self._checked = time.monotonic()
        self._producer = KafkaProducer(
            {**client_properties(profile, OWN_PROPERTIES, self._note), **profile.producer}
        )

    @property
    def full(self) -> bool:
        """Whether as much is in flight as is allowed; `poll` until it is less."""
        return self._in_flight >= IN_FLIGHT_BYTES or len(self._producer) >= IN_FLIGHT_RECORDS

    def write(
        self,
        topic: str,
        partition: int,
        key: bytes,
        value: bytes,
        on_delivery: Callable[[str | None], None],
    ) -> None:
        """Send a record on its way.

        Parameters
        ----------
        topic, partition
            Where to.
        key, value
            What.
        on_delivery
            Called during `poll` or `flush`: with None when the record is stored, else with
            the reason why it is not.

        Raises
        ------
        WriteFailed
            The record cannot be sent at all, for example because it is too large.
        """
        size = len(value)

        def delivered(error: KafkaError | None, _message: Message) -> None:
            self._in_flight -= size
            on_delivery(None if error is None else error.str())

        try:
            self._producer.produce(topic, value, key, partition, on_delivery=delivered)
        except KafkaException as error:
            raise WriteFailed(
                f"a record of {size} bytes cannot be written to {topic!r}: {error.args[0].str()}"
            ) from None
        self._in_flight += size

    def poll(self, timeout: float = POLL_SECONDS) -> None:
        """Take in what the broker has acknowledged.

        Parameters
        ----------
        timeout
            Seconds to wait for something to take in.
        """
        self._producer.poll(timeout)
        now = time.monotonic()
        if self.trouble and now > self._checked + CHECK_SECONDS:
            self._checked = now
            self._see_whether_trouble_is_over()

    def flush(self, timeout: float) -> int:
        """Wait for acknowledgements, and return how many records are still without.

        Parameters
        ----------
        timeout
            Seconds to wait at most.
        """
        return int(self._producer.flush(timeout))

    def close(self) -> None:
        """Give up what is not acknowledged, and release the connection."""
        self._producer.purge()
        self._producer.flush(POLL_SECONDS)
        # The client's threads and connections end with the object.
        del self._producer

    def _see_whether_trouble_is_over(self) -> None:
        try:
            self._producer.list_topics(timeout=CHECK_SECONDS)
        except KafkaException:
            # The trouble as it was told first says more than that there is still no answer.
            return
        self.trouble = None

    def _note(self, error: KafkaError) -> None:
        self.trouble = in_trouble(self._bootstrap, error.str())
