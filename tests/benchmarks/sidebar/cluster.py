"""A cluster of two local brokers: one process may not open as many files as it has partitions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.local_broker.ports import HOST, free_port
from jupyter_stream.kafka.local_broker.record import read_record
from jupyter_stream.kafka.local_broker.server_properties import DATA_FOLDER
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAP = 1 << 30
# Where thousands of partitions are made, a broker is busy for seconds.
PATIENT = {"broker.session.timeout.ms": "60000"}
IDENTITY = "meta.properties"


@contextmanager
def two_brokers(folder: Path) -> Iterator[js.Cluster]:
    """Run a cluster of two brokers.

    Parameters
    ----------
    folder
        For all of its files.
    """
    first = LocalBroker(folder / "first", properties=PATIENT, heap=HEAP)
    with first:
        port = free_port(None)
        second = LocalBroker(folder / "second", properties=_joining(first, port), heap=HEAP)
        _introduce(second, first)
        try:
            second.start(port=port)
            running = first.status()
            assert running is not None
            admin = AdminClient({"bootstrap.servers": running.bootstrap})
            wait_until(lambda: len(admin.list_topics(timeout=10).brokers) == 2, "both brokers")
            yield js.connect(running.bootstrap)
        finally:
            second.stop()


def _joining(first: LocalBroker, port: int) -> dict[str, str]:
    """Return the settings of a broker that is led by another one's controller."""
    record = read_record(first.directory)
    assert record is not None
    return {
        **PATIENT,
        "process.roles": "broker",
        "node.id": "2",
        "controller.quorum.voters": f"1@{HOST}:{record.controller_port}",
        "listeners": f"PLAINTEXT://{HOST}:{port}",
    }


def _introduce(second: LocalBroker, first: LocalBroker) -> None:
    """Let a broker that was never started belong to the cluster of another one."""
    known = (first.directory / DATA_FOLDER / IDENTITY).read_text().splitlines()
    (cluster,) = (line for line in known if line.startswith("cluster.id="))
    data = second.directory / DATA_FOLDER
    data.mkdir(parents=True)
    (data / IDENTITY).write_text(f"version=1\n{cluster}\nnode.id=2\n")
