"""Writing records as fast as a broker takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from confluent_kafka import Producer


def produce(producer: Producer, topic: str, value: bytes) -> None:
    """Write a record as soon as the producer has room for it.

    Parameters
    ----------
    producer
        What writes it.
    topic
        Where to.
    value
        The record.
    """
    while True:
        try:
            producer.produce(topic, value)
        except BufferError:
            producer.poll(0.05)
        else:
            return
