"""The topics that are looked at: many, a long one, one to tail, and some with a large record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from tests.server.filling import fill, npy
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jupyter_stream as js

AT_ONCE = 100
PATIENCE = 600
LONG = "long"
LONG_PARTITIONS = 4
TAILED = "tailed"
# A millisecond lies between a record of the long topic and the next one, from this second on.
START = 1_700_000_000
LARGE_BYTES = 20_000_000
SETTINGS = {"max.message.bytes": str(64 << 20), "retention.ms": "-1"}


def name_of(number: int) -> str:
    """Return the name of one of the many topics; a hundred have one prefix."""
    return f"group{number // 100}.topic{number}"


def make_many(cluster: js.Cluster, count: int, partitions: int) -> None:
    """Make the many topics.

    Parameters
    ----------
    cluster
        Where.
    count
        How many.
    partitions
        Of each.
    """
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap})
    names = [name_of(number) for number in range(count)]
    for start in range(0, count, AT_ONCE):
        _make(admin, names[start : start + AT_ONCE], partitions)


def make_long(cluster: js.Cluster, records: int) -> None:
    """Make the long topic: JSON of 120 bytes, in turn to each partition.

    Parameters
    ----------
    cluster
        Where.
    records
        How many.
    """
    _make(AdminClient({"bootstrap.servers": cluster.bootstrap}), [LONG], LONG_PARTITIONS)
    fill(
        cluster,
        LONG,
        (
            {
                "value": b'{"i": %d, "pad": "%s"}' % (number, b"x" * 90),
                "partition": number % LONG_PARTITIONS,
                "timestamp": 1000 * START + number,
            }
            for number in range(records)
        ),
    )


def make_tailed(cluster: js.Cluster) -> None:
    """Make the topic to tail, which is empty."""
    _make(AdminClient({"bootstrap.servers": cluster.bootstrap}), [TAILED], 1)


def make_large(cluster: js.Cluster) -> list[str]:
    """Make a topic for each kind of large record, and return their names."""
    side = int((LARGE_BYTES / 4) ** 0.5)
    rows = [{"number": number, "text": "x" * 80} for number in range(LARGE_BYTES // 108)]
    values = {
        "large-image": npy(np.random.default_rng(7).normal(size=(side, side)).astype(np.float32)),
        "large-json": json.dumps(rows).encode(),
        "large-text": b"a line of text, as long as they are\n" * (LARGE_BYTES // 36),
    }
    _make(AdminClient({"bootstrap.servers": cluster.bootstrap}), values, 1)
    for name, value in values.items():
        fill(cluster, name, [{"value": value}])
    return list(values)


def names_in(cluster: js.Cluster) -> list[str]:
    """Return the names of all topics that are not Kafka's own."""
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap})
    return [name for name in admin.list_topics(timeout=60).topics if not name.startswith("__")]


def _make(admin: AdminClient, names: Iterable[str], partitions: int) -> None:
    """Make topics, and wait until they are known."""
    new = [NewTopic(name, partitions, 1, config=SETTINGS) for name in names]
    asked = admin.create_topics(new, request_timeout=280, operation_timeout=270)
    for future in asked.values():
        future.result()
    wait_until(
        lambda: asked.keys() <= admin.list_topics(timeout=60).topics.keys(), "the topics", PATIENCE
    )
