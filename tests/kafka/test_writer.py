"""Writing records to a real broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest

import jupyter_stream as js
from jupyter_stream.kafka.writer import IN_FLIGHT_BYTES
from tests.waiting import wait_until

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_every_record_is_acknowledged_and_readable_in_order(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    cluster = js.connect(kafka_broker.bootstrap)
    writer, reader = cluster.writer(), cluster.reader(topic, "earliest")
    reasons: list[str | None] = []
    for number in range(500):
        writer.write(topic, 0, b"key", b"%d" % number, reasons.append)
    assert writer.flush(20) == 0
    assert reasons == [None] * 500
    read: list[bytes | None] = []

    def all_read() -> bool:
        read.extend(record.value for record in reader.read(0.1))
        return len(read) >= 500

    wait_until(all_read, "500 records")
    assert read == [b"%d" % number for number in range(500)]
    assert reader.lag() == 0
    reader.close()
    writer.close()


def test_a_closed_writer_leaves_no_connection(kafka_broker: RunningBroker) -> None:
    cluster = js.connect(kafka_broker.bootstrap)
    process = psutil.Process()

    def connections() -> int:
        return len(process.net_connections("tcp"))

    cluster.topics()
    before, threads = connections(), process.num_threads()
    writer = cluster.writer()
    assert writer.flush(1) == 0
    wait_until(lambda: connections() > before, "the writer's connection")
    writer.close()
    wait_until(lambda: connections() <= before, "no connection left")
    assert process.num_threads() <= threads


def test_a_record_that_is_too_large_is_refused_at_once(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    writer = js.connect(kafka_broker.bootstrap).writer()
    with pytest.raises(js.WriteFailed, match="2000000 bytes"):
        writer.write(kafka_topic(), 0, b"", bytes(2_000_000), lambda _: None)
    assert not writer.full
    writer.close()


def test_what_is_in_flight_is_bounded_while_the_broker_is_away(
    private_broker: LocalBroker,
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    cluster.create_topic("away", 1)
    writer = cluster.writer()
    reasons: list[str | None] = []
    writer.write("away", 0, b"", b"first", reasons.append)
    assert writer.flush(20) == 0
    private_broker.stop()
    written = 0
    while not writer.full:
        writer.write("away", 0, b"", bytes(500_000), reasons.append)
        written += 1
    assert written == -(-IN_FLIGHT_BYTES // 500_000)

    def in_trouble() -> bool:
        writer.poll(0.05)
        return writer.trouble is not None

    wait_until(in_trouble, "trouble")
    private_broker.start()
    assert writer.flush(30) == 0
    assert reasons == [None] * (written + 1)

    def out_of_trouble() -> bool:
        writer.poll(0.05)
        return writer.trouble is None

    wait_until(out_of_trouble, "the end of the trouble")
    writer.close()
