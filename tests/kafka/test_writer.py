"""Writing records to a real broker."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

import jupyter_stream as js
from jupyter_stream.kafka import writer as writer_module
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.kafka.writer import IN_FLIGHT_BYTES, RecordWriter
from tests.waiting import wait_until

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


ROOT = Path(__file__).parents[2]


def await_answers(writer: RecordWriter, reasons: list[str | None], number: int) -> None:
    """Wait until the broker has said something to so many records."""

    def answered() -> bool:
        writer.poll(0.05)
        return len(reasons) >= number

    wait_until(answered, f"{number} answers")


def test_every_record_is_acknowledged_and_readable_in_order(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    cluster = js.connect(kafka_broker.bootstrap)
    writer, reader = cluster.writer(), cluster.reader(topic, "earliest")
    reasons: list[str | None] = []
    for number in range(500):
        writer.write(topic, 0, b"key", b"%d" % number, reasons.append)
    await_answers(writer, reasons, 500)
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
    program = f"""
import psutil
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.kafka.writer import RecordWriter
from tests.waiting import wait_until

process = psutil.Process()
threads = process.num_threads()
writer = RecordWriter(Profile("lab", {{"bootstrap.servers": {kafka_broker.bootstrap!r}}}))
wait_until(lambda: process.net_connections("tcp"), "the writer's connection")
writer.close()
wait_until(lambda: not process.net_connections("tcp"), "no connection left")
wait_until(lambda: process.num_threads() == threads, "no thread left")
"""
    # In a process of its own: others of this one come and go.
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


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
    await_answers(writer, reasons, 1)
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
    await_answers(writer, reasons, written + 1)
    assert reasons == [None] * (written + 1)

    def out_of_trouble() -> bool:
        writer.poll(0.05)
        return writer.trouble is None

    wait_until(out_of_trouble, "the end of the trouble")
    writer.close()


@pytest.mark.parametrize(
    "queue", [{"queue.buffering.max.kbytes": "97"}, {"queue.buffering.max.messages": 10}]
)
def test_a_small_queue_is_respected(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, queue: dict[str, str | int | float | bool]
) -> None:
    topic = kafka_topic(1)
    broker = {"bootstrap.servers": kafka_broker.bootstrap}
    writer = RecordWriter(Profile("lab", broker, {**queue, "linger.ms": 200}))
    reasons: list[str | None] = []
    for _ in range(5):
        assert not writer.full
        writer.write(topic, 0, b"", bytes(10_000), reasons.append)
    assert writer.full
    for _ in range(20):
        writer.write(topic, 0, b"", bytes(10_000), reasons.append)
    await_answers(writer, reasons, 25)
    assert reasons == [None] * 25
    writer.close()


def test_a_record_larger_than_the_queue_is_refused_at_once(kafka_broker: RunningBroker) -> None:
    broker = {"bootstrap.servers": kafka_broker.bootstrap}
    writer = RecordWriter(Profile("lab", broker, {"queue.buffering.max.kbytes": 1}))
    with pytest.raises(js.WriteFailed, match="no room"):
        writer.write("any", 0, b"", bytes(5_000), lambda _: None)
    writer.close()


def test_a_queue_that_stays_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "ROOM_SECONDS", 0.2)
    nobody = {"bootstrap.servers": "127.0.0.1:1"}
    writer = RecordWriter(Profile("lab", nobody, {"queue.buffering.max.messages": 1}))
    writer.write("any", 0, b"", b"first", lambda _: None)
    with pytest.raises(js.WriteFailed, match="no room"):
        writer.write("any", 0, b"", b"second", lambda _: None)
    writer.close()


def test_a_poll_that_must_not_wait_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "CHECK_SECONDS", 0.5)
    writer = RecordWriter(Profile.from_bootstrap("127.0.0.1:1"))
    longest = 0.0

    def in_trouble() -> bool:
        nonlocal longest
        start = time.monotonic()
        writer.poll(0)
        longest = max(longest, time.monotonic() - start)
        return writer.trouble is not None

    wait_until(in_trouble, "trouble")
    end = time.monotonic() + 1.5
    wait_until(lambda: in_trouble() and time.monotonic() > end, "the time of two checks")
    assert longest < 0.3
    writer.close()


def test_a_broker_that_hangs_is_told_before_the_client_gives_it_up(
    private_broker: LocalBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "SILENT_SECONDS", 1.0)
    running = private_broker.start()
    cluster = js.connect(running.bootstrap)
    cluster.create_topic("slow", 1)
    writer = cluster.writer()
    reasons: list[str | None] = []
    writer.write("slow", 0, b"", b"1", reasons.append)
    await_answers(writer, reasons, 1)

    def trouble() -> str | None:
        writer.poll(0.05)
        return writer.trouble

    broker = psutil.Process(running.pid)
    broker.suspend()
    try:
        writer.write("slow", 0, b"", b"2", reasons.append)
        assert writer.trouble is None
        wait_until(trouble, "trouble", 10.0)
        assert "acknowledged nothing" in str(writer.trouble)
    finally:
        broker.resume()
    await_answers(writer, reasons, 2)
    assert (reasons, writer.trouble) == ([None, None], None)
    writer.close()


def test_a_contradiction_among_the_properties_is_told(kafka_broker: RunningBroker) -> None:
    profile = Profile("lab", {"bootstrap.servers": kafka_broker.bootstrap}, {"acks": 1})
    with pytest.raises(js.ProfileError, match=r"profile 'lab': .*acks"):
        RecordWriter(profile)


def test_batches_fit_what_a_topic_takes(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1, {"max.message.bytes": "50000"})
    cluster = js.connect(kafka_broker.bootstrap)
    writer = cluster.writer(cluster.record_limit(topic))
    reasons: list[str | None] = []
    for _ in range(300):
        writer.write(topic, 0, b"key", bytes(1_000), reasons.append)
    with pytest.raises(js.WriteFailed, match="50001 bytes"):
        writer.write(topic, 0, b"key", bytes(50_001), reasons.append)
    await_answers(writer, reasons, 300)
    assert reasons == [None] * 300
    writer.close()


def test_a_record_may_be_as_large_as_the_topic_allows(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    cluster = js.connect(kafka_broker.bootstrap)
    writer = cluster.writer(cluster.record_limit(topic))
    reasons: list[str | None] = []
    writer.write(topic, 0, b"key", bytes(16 * 2**20 - 1_000), reasons.append)
    await_answers(writer, reasons, 1)
    assert reasons == [None]
    writer.close()
