"""Receiving from a real broker: files to iterate over, alone and shared."""

from __future__ import annotations

import asyncio
import hashlib
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.files.partitioning import partition_of
from jupyter_stream.files.receiving.hand_over import HandOver
from jupyter_stream.testing.chunks import chunks_of
from tests.faults.program import environment
from tests.files.receiving.writing import DEADLINE, write_chunks, write_files
from tests.waiting import run_to_end, wait_until

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

Result = TypeVar("Result")

NAMES = [f"{'x' * (number % 7)}{number}.dat" for number in range(100)]
FILES = {f"{number}.dat": bytes([number]) * 2500 for number in range(20)}


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


@pytest.fixture
def quick_cluster(
    kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> js.Cluster:
    """The same, with members that hear soon of each other."""
    lab = tmp_path_factory.mktemp("lab") / "lab.config"
    lab.write_text(
        f"[broker]\nbootstrap.servers = {kafka_broker.bootstrap}\n"
        "[consumer]\nsession.timeout.ms = 6000\nheartbeat.interval.ms = 200\n"
    )
    return js.connect(lab)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it in a loop of its own; other tests may leave one running in the main thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run_to_end, asyncio.wait_for(work, DEADLINE)).result()


def test_files_come_with_a_for_loop(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(3)
    write_files(cluster, topic, FILES)
    received = {file.path: bytes(file.data) for file in js.receive(topic, until_end=True)}
    assert received == FILES


def test_a_file_is_found_by_the_hash_of_its_content(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    write_files(cluster, topic, FILES)
    content = FILES["7.dat"]
    wanted = hashlib.sha512(content).hexdigest()
    with js.receive(topic, include="7.dat", until_end=True) as files:
        assert bytes(files.find(wanted[:16].upper()).data) == content
    # Its first chunk goes, as the retention of the topic would have it.
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    for gone in admin.delete_records([TopicPartition(topic, 0, 7 * 3 + 1)]).values():
        gone.result(DEADLINE)
    with (
        js.receive(topic, start={0: 7 * 3}, until_end=True) as files,
        pytest.raises(js.FileNotInTopic, match=f"{topic}.*{wanted[:16]}.*deleted"),
    ):
        files.find(wanted)


def test_files_come_with_an_async_for_loop_that_lets_others_work(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(3)

    async def write_later() -> None:
        await asyncio.to_thread(write_files, cluster, topic, FILES)

    async def collect() -> dict[str, bytes]:
        received: dict[str, bytes] = {}
        with js.receive(topic) as stream:
            writing = asyncio.create_task(write_later())
            async for file in stream:
                received[file.path] = bytes(file.data)
                if len(received) == len(FILES):
                    break
            await writing
        return received

    assert run(collect()) == FILES


def test_an_async_loop_ends_at_the_end(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)

    async def count() -> int:
        return len([file async for file in js.receive(topic, until_end=True)])

    assert run(count()) == len(FILES)


def test_a_loop_that_is_left_early_can_be_gone_on_with(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    with js.receive(topic, until_end=True) as stream:
        first = None
        for file in stream:
            first = file
            break
        assert first is not None
        rest = [file.path for file in stream]
    assert len(rest) == len(FILES) - 1
    assert first.path not in rest


def test_a_stop_ends_a_loop_that_waits(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    stream = js.receive(kafka_topic(), cluster=cluster)
    received: list[js.ReceivedFile] = []
    waiting = threading.Thread(target=lambda: received.extend(stream))
    waiting.start()
    stream.stop()
    waiting.join(DEADLINE)
    assert not waiting.is_alive()
    assert received == []
    assert stream.state == "finished"


def test_a_stream_that_failed_says_so(
    cluster: js.Cluster, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = js.receive(kafka_topic(), cluster=cluster)

    def fail() -> None:
        raise js.LedgerError("it is broken")

    monkeypatch.setattr(stream, "_step", fail)
    with pytest.raises(js.JobFailed, match="it is broken"):
        list(stream)


def test_reading_waits_for_who_takes_the_files(
    cluster: js.Cluster, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandOver.__init__, "__defaults__", (3, 2**20))
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    with js.receive(topic, cluster=cluster) as stream:
        wait_until(lambda: stream.trouble and "nobody takes them" in stream.trouble, "the wait")
        files = stream.stats.files
        write_files(cluster, topic, {"more": b"more"})
        assert stream.stats.files == files
        received = {next(stream).path for _ in range(len(FILES) + 1)}
    assert received == {*FILES, "more"}
    assert stream.trouble is None


def test_a_hand_over_tells_when_it_is_full_and_what_was_used(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    first, second, *_ = js.receive(topic, until_end=True)
    hand_over = HandOver(most_bytes=first.size + 1)
    hand_over.put([first])
    assert not hand_over.is_full
    hand_over.put([second])
    assert hand_over.is_full
    assert hand_over.take() is first
    assert not hand_over.is_full
    assert not hand_over.is_used(1)
    assert hand_over.take() is second
    assert hand_over.is_used(1)
    assert not hand_over.is_used(2)
    assert hand_over.take() is None
    assert hand_over.is_used(hand_over.count)


def test_a_group_goes_on_behind_what_was_used(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic, group = kafka_topic(), f"group-{uuid4()}"
    write_files(cluster, topic, FILES)
    with js.receive(topic, group=group, cluster=cluster) as stream:
        used = [next(stream).path for _ in range(6)][:-1]
    with js.receive(topic, group=group, until_end=True, cluster=cluster) as stream:
        rest = [file.path for file in stream]
    assert set(used) | set(rest) == set(FILES)
    assert used[0] not in rest or len(rest) == len(FILES), "what was committed does not come again"


def test_what_nobody_took_comes_again_when_a_partition_goes_and_returns(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic, group = kafka_topic(2), f"group-{uuid4()}"
    write_files(cluster, topic, FILES)
    received: list[str] = []
    with js.receive(topic, group=group, cluster=cluster) as stream:
        assert stream.wait_for_files(len(FILES), DEADLINE)
        with js.receive(topic, group=group, cluster=cluster) as other:
            wait_until(lambda: other.stats.files, "files at the other member")
        wait_until(lambda: stream._reader and stream._reader.partitions == {0, 1}, "its leaving")
        taking = threading.Thread(target=lambda: received.extend(it.path for it in stream))
        taking.start()
        wait_until(lambda: set(received) == set(FILES), "all files")
    taking.join(DEADLINE)
    assert len(received) == len(FILES)


def test_looking_for_files_again_and_again_piles_nothing_up(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    async def look(stream: js.FileStream) -> None:
        for _ in range(10):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(stream), 0.01)

    with js.receive(kafka_topic(), cluster=cluster) as stream:
        run(look(stream))
        assert stream._bell._wakers == []


@pytest.mark.parametrize("homes", [{0, 1}, {1}])
def test_a_topic_that_a_group_cannot_share_is_read_by_one_member(
    quick_cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    homes: set[int],
) -> None:
    monkeypatch.setattr("jupyter_stream.files.receiving.sharing.PATIENCE_SECONDS", 5.0)
    monkeypatch.setattr("jupyter_stream.files.receiving.topic_job.STAND_BY_SECONDS", 0.5)
    topic, group = kafka_topic(2), f"group-{uuid4()}"
    paths = [path for path in NAMES if partition_of(path, 2) in homes][:8]
    files = {path: path.encode() * 500 for path in paths}
    more = {f"more {number}.dat": bytes([number]) * 5000 for number in range(4)}
    with (
        js.download(topic, tmp_path, group=group, cluster=quick_cluster) as first,
        js.download(topic, tmp_path, group=group, cluster=quick_cluster) as second,
    ):
        jobs = (first, second)
        wait_until(
            lambda: all(job._reader and job._reader.partitions for job in jobs), "both members"
        )
        write_spread(quick_cluster, topic, files)
        wait_until(lambda: any(job.state == "waiting" for job in jobs), "one stands by")
        (idle,) = [job for job in jobs if job.state == "waiting"]
        (busy,) = [job for job in jobs if job is not idle]
        assert idle.reason is not None
        assert "one member" in idle.reason
        wait_until(lambda: first.stats.files + second.stats.files == len(files), "all files")
        assert {path: (tmp_path / path).read_bytes() for path in files} == files
        busy.stop()
        wait_until(lambda: idle.state == "running", "the other one takes over")
        write_spread(quick_cluster, topic, more)
        wait_until((tmp_path / "more 3.dat").exists, "a file after the change")
        wait_until(lambda: first.stats.files + second.stats.files == 12, "all files")


# Who starts the tests in the background lets them, and so their programs, ignore Ctrl-C.
ITERATING = """
import signal
import sys
import jupyter_stream as js
signal.signal(signal.SIGINT, signal.default_int_handler)
js.connect(sys.argv[1])
stream = js.receive(sys.argv[2])
try:
    for file in stream:
        print(file.path, flush=True)
except KeyboardInterrupt:
    stream.stop()
    print("interrupted", stream.state, flush=True)
"""


def test_ctrl_c_ends_a_loop_that_waits(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, {"a": b"1"})
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ITERATING, kafka_broker.bootstrap, topic],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "a\n"
            process.send_signal(signal.SIGINT)
            said, errors = process.communicate(timeout=DEADLINE)
        finally:
            process.kill()
    assert (process.returncode, said, errors) == (0, "interrupted finished\n", "")


def write_spread(cluster: js.Cluster, topic: str, files: dict[str, bytes]) -> None:
    """Write the chunks of each file to both partitions in turn, as other writers do."""
    for path, content in files.items():
        chunks = chunks_of(content, path, chunk_size=1000)
        for partition in (0, 1):
            write_chunks(cluster, topic, chunks[partition::2], partition)


def test_the_broker_stops_and_returns_while_files_are_received(
    private_broker: LocalBroker,
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    cluster.create_topic("topic", 1)
    write_files(cluster, "topic", {"a": b"1"})
    with js.receive("topic", cluster=cluster) as stream:
        assert next(stream).path == "a"
        private_broker.stop()
        wait_until(lambda: stream.trouble, "trouble")
        private_broker.start()
        write_files(cluster, "topic", {"b": b"2"})
        assert next(stream).path == "b"
