"""Writing records, acknowledged by all replicas and never twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaException
from confluent_kafka import Producer as KafkaProducer

from jupyter_stream.errors import WriteFailed
from jupyter_stream.kafka.client import in_trouble, make_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from confluent_kafka import KafkaError, Message

    from jupyter_stream.kafka.profile import Profile, Properties

IN_FLIGHT_BYTES = 32 * 2**20
IN_FLIGHT_RECORDS = 20_000
POLL_SECONDS = 0.1
CHECK_SECONDS = 1.0
ROOM_SECONDS = 5.0
SILENT_SECONDS = 15.0

# The bounds that librdkafka sets for message.max.bytes.
LEAST_LIMIT = 1_000
GREATEST_LIMIT = 1_000_000_000
# Four chunks of the usual size: quicker by a sixth than the default, in which one fits.
BATCH_BYTES = 2_200_000

BATCH = "batch.size"
QUEUE_RECORDS = "queue.buffering.max.messages"
QUEUE_KIBIBYTES = "queue.buffering.max.kbytes"

OWN_PROPERTIES: Properties = {
    "acks": "all",
    "enable.idempotence": True,
    "linger.ms": 5,
    QUEUE_RECORDS: 2 * IN_FLIGHT_RECORDS,
    QUEUE_KIBIBYTES: 2 * IN_FLIGHT_BYTES // 1024,
}


class RecordWriter:
    """Writes records; for use in one thread.

    `dead` is whether it cannot write any more, so that it must be closed and another one made.

    Parameters
    ----------
    profile
        The cluster.
    max_record_bytes
        What the topic takes at once; 1 MB if not given.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, max_record_bytes: int | None = None) -> None:
        self.dead = False
        self._told: str | None = None
        self._heard = time.monotonic()
        self._bootstrap = profile.bootstrap
        self._in_flight = 0
        self._checked = time.monotonic()
        properties = {**OWN_PROPERTIES, **profile.broker, **profile.producer}
        if max_record_bytes is not None:
            properties |= _limits(max_record_bytes, properties)
        self._producer = make_client(KafkaProducer, profile, properties, self._note)
        # Half of the queue, so that there is room for what is written when it is not full.
        self._bytes_allowed = min(IN_FLIGHT_BYTES, int(properties[QUEUE_KIBIBYTES]) * 1024 // 2)
        self._records_allowed = min(IN_FLIGHT_RECORDS, -(-int(properties[QUEUE_RECORDS]) // 2))

    @property
    def trouble(self) -> str | None:
        """Why no acknowledgements come; None if they come, or none are awaited."""
        if self._told or not self._in_flight or time.monotonic() < self._heard + SILENT_SECONDS:
            return self._told
        return (
            f"{self._bootstrap} has acknowledged nothing for {SILENT_SECONDS:.0f} s: does the "
            "broker hang, or is the connection very slow? (goes on by itself)"
        )

    @property
    def full(self) -> bool:
        """Whether as much is in flight as is allowed; `poll` until it is less."""
        too_many = len(self._producer) >= self._records_allowed
        return too_many or self._in_flight >= self._bytes_allowed

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
            Called during `poll` or a later `write`: with None when the record is stored,
            else with the reason why it is not.

        Raises
        ------
        WriteFailed
            The record cannot be sent at all, for example because it is too large, or there was
            no room for it for 5 s.
        """
        size = len(value)

        def delivered(error: KafkaError | None, _message: Message) -> None:
            self._in_flight -= size
            self._heard = time.monotonic()
            if error is None:
                self._told = None
            on_delivery(None if error is None else error.str())

        deadline = time.monotonic() + ROOM_SECONDS
        while not self._queued(topic, partition, key, value, delivered):
            # A record that an empty queue does not take is larger than the queue.
            if not len(self._producer) or time.monotonic() > deadline:
                raise WriteFailed(_cannot_be_written(size, topic, "the queue has no room for it"))
            self._take_in(POLL_SECONDS)
        if not self._in_flight:
            self._heard = time.monotonic()
        self._in_flight += size

    def poll(self, timeout: float = POLL_SECONDS) -> None:
        """Take in what the broker has acknowledged.

        Parameters
        ----------
        timeout
            Seconds to wait for something to take in. With 0 it never waits, and trouble ends with
            the next acknowledgement only; else it may take a second more, now and then, to see
            whether trouble is over.
        """
        self._take_in(timeout)
        # The check waits for an answer, so it is only for callers who can wait.
        if self._told and timeout > 0 and time.monotonic() > self._checked + CHECK_SECONDS:
            self._see_whether_trouble_is_over()
            self._checked = time.monotonic()

    def close(self) -> None:
        """Give up what is not acknowledged, and release the connection."""
        self._producer.purge()
        while len(self._producer):
            self._take_in(POLL_SECONDS)
        # The client's threads and connections end with the object.
        del self._producer

    def _queued(
        self,
        topic: str,
        partition: int,
        key: bytes,
        value: bytes,
        delivered: Callable[[KafkaError | None, Message], None],
    ) -> bool:
        """Give a record to librdkafka; tell whether its queue had room."""
        try:
            self._producer.produce(topic, value, key, partition, on_delivery=delivered)
        except BufferError:
            return False
        except KafkaException as error:
            reason = error.args[0].str()
            raise WriteFailed(_cannot_be_written(len(value), topic, reason)) from None
        return True

    def _take_in(self, timeout: float) -> None:
        try:
            self._producer.poll(timeout)
        except KafkaException as error:
            # What breaks the order of the records for good is raised, not told like the rest.
            self.dead = True
            self._note(error.args[0])

    def _see_whether_trouble_is_over(self) -> None:
        try:
            self._producer.list_topics(timeout=CHECK_SECONDS)
        except KafkaException:
            # The trouble as it was told first says more than that there is still no answer.
            return
        self._told = None

    def _note(self, error: KafkaError) -> None:
        self._told = in_trouble(self._bootstrap, error)


def _limits(max_record_bytes: int, chosen: Properties) -> Properties:
    """Send as much at once as the topic takes, one large record or many small ones."""
    allowed = min(max(max_record_bytes, LEAST_LIMIT), GREATEST_LIMIT)
    at_once = int(chosen.get(BATCH, BATCH_BYTES))
    return {"message.max.bytes": allowed, BATCH: min(allowed, at_once)}


def _cannot_be_written(size: int, topic: str, reason: str) -> str:
    return f"a record of {size} bytes cannot be written to {topic!r}: {reason}"
