"""Filling topics."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from confluent_kafka import Producer

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jupyter_stream as js
    from jupyter_stream.kafka.local_broker import RunningBroker

LARGEST = 30_000_000


def fill(broker: RunningBroker | js.Cluster, topic: str, records: Iterable[dict[str, Any]]) -> None:
    """Write records; each names what is not as usual: value, key, headers, partition, timestamp."""
    producer = Producer(
        {
            "bootstrap.servers": broker.bootstrap,
            "message.max.bytes": LARGEST,
            "queue.buffering.max.messages": 1_000_000,
            "linger.ms": 5,
        }
    )
    failed: list[Any] = []
    for record in records:
        producer.produce(
            topic,
            **{"partition": 0, **record},
            on_delivery=lambda error, _: failed.append(error) if error else None,
        )
        producer.poll(0)
    producer.flush()
    assert not failed, failed[0]


def npy(array: Any) -> bytes:
    """Return an array as .npy."""
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()
