"""A broker is ready when a client has really written to it and read it back."""

import socket
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from confluent_kafka import (
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from jupyter_stream.kafka.local_broker.server_properties import PROBE_TOPIC

_PAUSE = 0.02
# How long one attempt may take before somebody looks whether the broker still lives.
_ATTEMPT = 2.0
_HOUR = "3600000"
_TIMED_OUT = KafkaError(KafkaError._TIMED_OUT)  # noqa: SLF001 - the name that librdkafka gives it


def is_ready(bootstrap: str, is_alive: Callable[[], bool], deadline: float) -> bool:
    """Wait until a record has gone into the broker and come out again.

    Parameters
    ----------
    bootstrap
        The address of the broker.
    is_alive
        Tells whether waiting makes sense.
    deadline
        When to give up, on the clock of `time.monotonic`.

    Returns
    -------
    bool
        False if the broker died, or if the time was over.
    """
    while is_alive() and time.monotonic() < deadline:
        if _listens(bootstrap) and _round_trip(bootstrap):
            return True
        time.sleep(_PAUSE)
    return False


def _listens(bootstrap: str) -> bool:
    host, _, port = bootstrap.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_ATTEMPT).close()
    except OSError:
        return False
    return True


def _round_trip(bootstrap: str) -> bool:
    """Write a record to a topic of our own and read it."""
    client: Any = {"bootstrap.servers": bootstrap, "log_level": 0, "error_cb": lambda _: None}
    try:
        _make_topic(AdminClient(client))
        offset = _write(Producer(client))
        # With automatic commits, closing would wait seconds for a group that nobody needs.
        reader = client | {"group.id": PROBE_TOPIC, "enable.auto.commit": False}
        with closing(Consumer(reader)) as consumer:
            return _read(consumer, offset)
    except KafkaException:
        return False


def _make_topic(admin: AdminClient) -> None:
    """Make the topic, unless an earlier start has.

    Raises
    ------
    KafkaException
        The broker cannot do that yet.
    """
    topic = NewTopic(PROBE_TOPIC, 1, 1, config={"retention.ms": _HOUR})
    try:
        admin.create_topics([topic], operation_timeout=_ATTEMPT)[PROBE_TOPIC].result(_ATTEMPT)
    except TimeoutError as error:
        raise KafkaException(_TIMED_OUT) from error
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise


def _write(producer: Producer) -> int:
    """Write a record and return its offset.

    Raises
    ------
    KafkaException
        The broker did not take it in time.
    """
    offsets: list[int | None] = []

    def on_delivery(error: KafkaError | None, message: Message) -> None:
        offsets.append(None if error else message.offset())

    producer.produce(PROBE_TOPIC, b"ready?", partition=0, on_delivery=on_delivery)
    producer.flush(_ATTEMPT)
    if not offsets or offsets[0] is None:
        producer.purge()
        raise KafkaException(_TIMED_OUT)
    return offsets[0]


def _read(consumer: Consumer, offset: int) -> bool:
    consumer.assign([TopicPartition(PROBE_TOPIC, 0, offset)])
    message = consumer.poll(_ATTEMPT)
    return message is not None and message.error() is None and message.offset() == offset
