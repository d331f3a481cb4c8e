"""Connecting: what works, and what an unreachable cluster says."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from jupyter_stream.kafka.connect import connected, current_cluster
from jupyter_stream.kafka.local_broker import LocalBroker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import Progress, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

LOOPBACK = "127.0.0.1"


@contextmanager
def listener(answer: bytes | None) -> Iterator[str]:
    """Listen like a server that is no Kafka: it gives one answer to all, or none at all."""
    with socket.create_server((LOOPBACK, 0)) as server:
        held: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                held.append(connection)
                if answer is not None:
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"{LOOPBACK}:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()


def test_an_address_connects(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(3)
    cluster = js.connect(kafka_broker.bootstrap)
    assert cluster.topics()[topic] == cluster.partitions(topic) == 3
    assert not any(name.startswith("__") for name in cluster.topics())
    assert connected() is current_cluster() is cluster


def test_a_configuration_file_of_openmsistream_connects(
    kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    config = tmp_path / "lab.config"
    config.write_text(
        f"[broker]\nbootstrap.servers = {kafka_broker.bootstrap}\n"
        "[producer]\nkey.serializer = StringSerializer\n"
        "value.serializer = DataFileChunkSerializer\nbatch.size = 200000\n"
    )
    cluster = js.connect(config)
    assert cluster.profile.name == "lab.config"
    assert cluster.create_topic("from-config") is True
    assert cluster.create_topic("from-config") is False


def test_a_profile_connects(
    kafka_broker: RunningBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "jupyter_stream.toml").write_text(
        f'[profiles.lab.broker]\nbootstrap.servers = "{kafka_broker.bootstrap}"\n'
    )
    assert repr(js.connect("lab")) == f"<Cluster lab at {kafka_broker.bootstrap}>"


def test_without_a_target_the_local_broker_is_started_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    told: list[Progress] = []
    try:
        first = js.connect(on_progress=told.append)
        assert first.profile.name == "local broker"
        assert any("Starting Kafka" in progress.step for progress in told)
        assert js.connect().bootstrap == first.bootstrap
    finally:
        assert LocalBroker().stop()


@pytest.mark.parametrize(
    ("answer", "cause"),
    [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "not Kafka"), (None, "no answer")],
    ids=["a web server", "silence"],
)
def test_what_is_no_kafka_is_told_within_ten_seconds(answer: bytes | None, cause: str) -> None:
    with listener(answer) as address:
        start = time.monotonic()
        with pytest.raises(js.ClusterUnreachable, match=cause) as caught:
            js.connect(address)
        assert time.monotonic() - start < 10
        assert address in str(caught.value)


def test_an_unreachable_cluster_is_told_without_a_word_on_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(js.ClusterUnreachable, match="nothing listens at this address"):
        js.connect(f"{LOOPBACK}:1")
    with pytest.raises(js.ClusterUnreachable, match="host name is not known"):
        js.connect("no-such-host.invalid:9092")
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_failed_connect_keeps_the_former_cluster(kafka_broker: RunningBroker) -> None:
    cluster = js.connect(kafka_broker.bootstrap)
    with pytest.raises(js.ClusterUnreachable):
        js.connect(f"{LOOPBACK}:1")
    assert connected() is cluster


def test_a_property_that_kafka_does_not_know_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "jupyter_stream.toml").write_text(
        '[profiles.lab.broker]\nbootstrap.servers = "k:1"\nsasl.pasword = "hush"\n'
    )
    with pytest.raises(js.ProfileError, match=r"sasl\.pasword") as caught:
        js.connect("lab")
    assert "hush" not in str(caught.value)


def test_a_missing_configuration_file_is_named() -> None:
    with pytest.raises(js.ProfileError, match=r"no configuration file nowhere\.config"):
        js.connect("nowhere.config")


def test_a_topic_with_a_bad_name_is_refused(kafka_broker: RunningBroker) -> None:
    with pytest.raises(js.TopicNotCreated, match="no/slash"):
        js.connect(kafka_broker.bootstrap).create_topic("no/slash")


@pytest.mark.parametrize(
    ("name", "value"), [("security.protocol", "hunter2"), ("debug", "broker,hunter2")]
)
def test_a_value_that_kafka_does_not_accept_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "jupyter_stream.toml").write_text(
        f'[profiles.lab.broker]\nbootstrap.servers = "k:1"\n{name} = "{value}"\n'
    )
    with pytest.raises(js.ProfileError, match=name) as caught:
        js.connect("lab")
    assert "hunter2" not in str(caught.value)


def test_the_local_broker_asks_the_mirror_of_the_laboratory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens there, and nothing else can give Kafka."""
    java = shutil.which("java")
    assert java
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "java").symlink_to(java)
    for variable, folder in (
        ("PATH", "tools"),
        ("XDG_CACHE_HOME", "cache"),
        ("JUPYTER_DATA_DIR", "data"),
    ):
        monkeypatch.setenv(variable, str(tmp_path / folder))
    monkeypatch.delenv("KAFKA_HOME", raising=False)
    mirror = f"http://{LOOPBACK}:1/kafka"
    monkeypatch.setenv("JUPYTER_STREAM_KAFKA_MIRROR", mirror)
    with pytest.raises(js.LocalBrokerError) as caught:
        js.connect()
    assert f"{mirror}/4." in str(caught.value)
    assert "apache.org" not in str(caught.value)


def test_without_a_connection_nothing_is_started_or_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jupyter_stream.kafka.connect._current", [])
    with pytest.raises(js.NotConnected, match="%stream_connect"):
        js.watch("topic")
    assert connected() is None
