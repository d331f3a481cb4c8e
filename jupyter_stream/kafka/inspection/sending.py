"""Writing single records."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from confluent_kafka import KafkaException, Producer

from jupyter_stream.errors import WriteFailed
from jupyter_stream.kafka.client import likely_cause, make_client

if TYPE_CHECKING:
    from confluent_kafka import KafkaError, Message

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Headers

SEND_SECONDS = 8.0
# librdkafka chooses a partition by the key.
ANY_PARTITION = -1


class Letter(NamedTuple):
    """A record to be written.

    Attributes
    ----------
    topic
        Where to; it must be there, as some clusters make a topic of any name.
    partition
        Its number; None for the one that the key chooses.
    key, value
        What.
    headers
        Names and values.
    """

    topic: str
    partition: int | None
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True, slots=True)
class Written:
    """Where a record was written.

    Attributes
    ----------
    partition, offset
        Where it stands now.
    """

    partition: int
    offset: int


class Sender:
    """Writes single records; any thread may call, one after another.

    Parameters
    ----------
    profile
        The cluster.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._lock = Lock()
        self._producer: Producer | None = None

    def send(self, letter: Letter) -> Written:
        """Write a record, and return when all replicas have it.

        Parameters
        ----------
        letter
            The record.

        Raises
        ------
        WriteFailed
            The cluster did not take it within 8 s, or refused.
        ProfileError
            librdkafka does not accept a property of the profile.
        """
        told: list[tuple[KafkaError | None, Message]] = []
        with self._lock:
            producer = self._opened()
            try:
                producer.produce(
                    letter.topic,
                    letter.value,
                    letter.key,
                    ANY_PARTITION if letter.partition is None else letter.partition,
                    on_delivery=lambda error, message: told.append((error, message)),
                    headers=list(letter.headers),
                )
            except (KafkaException, BufferError) as error:
                raise WriteFailed(f"the record cannot be written: {error}") from None
            producer.flush(SEND_SECONDS + 1.0)
        return self._written(told)

    def _opened(self) -> Producer:
        if self._producer is None:
            properties = {
                **self._profile.broker,
                **self._profile.producer,
                "acks": "all",
                "linger.ms": 0,
                "message.timeout.ms": int(SEND_SECONDS * 1000),
            }
            self._producer = make_client(Producer, self._profile, properties, lambda _: None)
        return self._producer

    def _written(self, told: list[tuple[KafkaError | None, Message]]) -> Written:
        if not told:
            raise WriteFailed(f"{self._profile.bootstrap} did not take the record in time")
        error, message = told[0]
        partition, offset = message.partition(), message.offset()
        if error is not None or partition is None or offset is None:
            why = likely_cause(error.str()) if error else "it was not told where it is"
            raise WriteFailed(f"{self._profile.bootstrap} did not take the record: {why}")
        return Written(partition, offset)
