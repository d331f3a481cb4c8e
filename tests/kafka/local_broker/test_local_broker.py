"""The life of a broker, with the real Kafka."""

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from jupyter_stream.errors import BrokerStartFailed, DiskFull, LocalBrokerError
from jupyter_stream.kafka.local_broker import LocalBroker, Progress, RunningBroker, launch
from jupyter_stream.kafka.local_broker.folders import default_cache
from jupyter_stream.kafka.local_broker.record import read_record
from jupyter_stream.kafka.local_broker.release import NAME
from jupyter_stream.testing.kafka import MakeTopic, create_topic, kill_broker

_SMALL_MEMORY = 600_000_000


def _write(bootstrap: str, topic: str, value: bytes) -> None:
    producer = Producer({"bootstrap.servers": bootstrap, "message.max.bytes": 20_000_000})
    errors: list[Any] = []
    producer.produce(topic, value, on_delivery=lambda error, _: errors.append(error))
    assert producer.flush(20) == 0
    assert errors == [None]


def _read_first(bootstrap: str, topic: str) -> Message:
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "reader"})
    consumer.assign([TopicPartition(topic, 0, 0)])
    message = consumer.poll(20)
    consumer.close()
    assert message is not None
    assert message.error() is None
    return message


@pytest.fixture
def new_cache(kafka_broker: RunningBroker, tmp_path: Path) -> Path:
    """Make a cache that holds only Kafka, which the shared broker has put into the user's."""
    assert kafka_broker.pid
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / NAME).symlink_to(default_cache() / NAME)
    return cache


def test_data_outlive_a_stop_and_a_kill(tmp_path: Path, new_cache: Path) -> None:
    """And what the first stop records speeds up the second start, if that Java can record."""
    broker = LocalBroker(tmp_path / "kafka", cache=new_cache)
    console = broker.directory / "console.log"
    steps: list[Progress] = []
    first = broker.start(steps.append)
    assert [step.step for step in steps] == [f"Starting Kafka {first.version}"]
    assert broker.status() == first
    assert 0 < first.memory() < _SMALL_MEMORY
    can_record = "ArchiveClassesAtExit is unsupported" not in console.read_text()
    topic = create_topic(AdminClient({"bootstrap.servers": first.bootstrap}))
    _write(first.bootstrap, topic, b"kept")

    assert broker.stop() is True
    assert broker.status() is None
    assert first.memory() == 0
    assert "App info kafka.server for 1 unregistered" in first.log_file.read_text()
    assert len(list(new_cache.glob("class-data/*.jsa"))) == can_record

    second = broker.start()
    assert second.pid != first.pid
    assert second.bootstrap == first.bootstrap
    assert _read_first(second.bootstrap, topic).value() == b"kept"
    assert not can_record or console.read_text() == ""

    # The signal is sent, but the process is not gone yet when the next start looks.
    psutil.Process(second.pid).kill()
    third = broker.start()
    assert third.pid != second.pid
    assert third.bootstrap == first.bootstrap
    assert _read_first(third.bootstrap, topic).value() == b"kept"

    kill_broker(third)
    assert broker.status() is None
    assert broker.stop() is False


def test_simultaneous_starts_share_one_broker(private_broker: LocalBroker) -> None:
    others = [LocalBroker(private_broker.directory) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        found = set(threads.map(LocalBroker.start, others))
    assert found == {private_broker.status()}

    running = found.pop()
    port = int(running.bootstrap.split(":")[1])
    assert private_broker.start(port=port) == running
    with pytest.raises(LocalBrokerError, match=rf"runs already, at 127.0.0.1:{port}"):
        private_broker.start(port=port + 1)


def test_a_process_that_got_the_number_of_the_broker_is_left_alone(
    private_broker: LocalBroker,
) -> None:
    ourselves = psutil.Process().pid
    private_broker.directory.mkdir()
    record = {"pid": ourselves, "port": 1, "controller_port": 2, "version": "", "class_data": ""}
    (private_broker.directory / "broker.json").write_text(json.dumps(record))
    assert private_broker.status() is None
    assert private_broker.stop() is False


def test_there_is_nothing_to_stop_where_nothing_was_started(tmp_path: Path) -> None:
    assert LocalBroker(tmp_path / "nowhere").stop() is False
    assert LocalBroker(tmp_path / "nowhere").status() is None
    assert not (tmp_path / "nowhere").exists()


def test_as_a_context_manager_it_runs_for_the_block(tmp_path: Path) -> None:
    """Its folder has a name that would disturb Kafka's lists and Java's files."""
    with LocalBroker(tmp_path / "Größe, 1 µm", heap=192 << 20) as broker:
        running = broker.status()
        assert running is not None
        assert f"-Xmx{192 << 20}" in psutil.Process(running.pid).cmdline()
    assert broker.status() is None


def test_the_largest_record_passes(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    image = bytes(16 * 1024 * 1024 - 1000)
    _write(kafka_broker.bootstrap, topic, image)
    assert len(_read_first(kafka_broker.bootstrap, topic).value() or b"") == len(image)


def test_topics_do_not_appear_by_accident(kafka_broker: RunningBroker) -> None:
    """A producer may ask for a topic to be made; the broker does not make it."""
    quick = {"topic.metadata.propagation.max.ms": 100, "message.timeout.ms": 5000}
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, **quick})
    errors: list[Any] = []
    producer.produce("test-mistyped", b"?", on_delivery=lambda error, _: errors.append(error))
    assert producer.flush(20) == 0
    assert [error.code() for error in errors] == [KafkaError.UNKNOWN_TOPIC_OR_PART]


def test_a_broker_that_never_becomes_ready_is_ended(
    private_broker: LocalBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs, but sends its clients to a port where nobody listens."""
    monkeypatch.setattr(launch, "_READY_WITHIN", 3.0)
    lost = {"advertised.listeners": "PLAINTEXT://127.0.0.1:1"}
    broker = LocalBroker(private_broker.directory, properties=lost)
    with pytest.raises(BrokerStartFailed, match="did not become ready"):
        broker.start()
    record = read_record(broker.directory)
    assert record is not None
    assert not psutil.pid_exists(record.pid)


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    broker = LocalBroker(tmp_path, properties={"num.io.threads": "many"})
    with pytest.raises(BrokerStartFailed, match=r"Invalid value many .* num\.io\.threads"):
        broker.start()
    assert broker.status() is None


def test_damaged_data_are_named(private_broker: LocalBroker) -> None:
    data = private_broker.directory / "data"
    data.mkdir(parents=True)
    (data / "meta.properties").write_text("version=1\ncluster.id=\n")
    with pytest.raises(BrokerStartFailed, match=r"meta\.properties|node\.id") as failure:
        private_broker.start()
    assert f"delete the folder {data}" in str(failure.value)
    assert private_broker.status() is None


def test_too_little_room_is_told_before_anything_is_started(tmp_path: Path) -> None:
    free = psutil.disk_usage(str(tmp_path)).free
    broker = LocalBroker(tmp_path / "kafka", minimum_free=free + 10**12)
    with pytest.raises(DiskFull, match=r"Only \d+ MB are free .* Make room"):
        broker.start()


@pytest.mark.parametrize("use", [LocalBroker.start, LocalBroker.status])
def test_a_folder_that_cannot_be_used_is_named(
    use: Callable[[LocalBroker], object], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalBrokerError, match=r"cannot use its folder .*file.kafka"):
        use(LocalBroker(tmp_path / "file" / "kafka"))


def test_a_cluster_identity_that_begins_with_a_dash_is_no_option(
    private_broker: LocalBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    beginning_with_a_dash = uuid.UUID(bytes=bytes([0b11111000] + 15 * [1]))
    monkeypatch.setattr(uuid, "uuid4", lambda: beginning_with_a_dash)
    assert private_broker.start().bootstrap
    meta = (private_broker.directory / "data" / "meta.properties").read_text()
    assert "cluster.id=-" in meta
