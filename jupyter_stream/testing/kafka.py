"""Pytest fixtures: a real Kafka for tests.

Put `pytest_plugins = ["jupyter_stream.testing.kafka"]` into the top `conftest.py`.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker

_ANSWER_WITHIN = 30.0

MakeTopic = Callable[..., str]


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    """Run one broker for all tests; its data go when they end."""
    broker = LocalBroker(tmp_path_factory.mktemp("kafka"))
    yield broker.start()
    broker.stop()


@pytest.fixture
def private_broker(tmp_path: Path) -> Iterator[LocalBroker]:
    """Give a test a broker of its own, not yet started, that it may stop, kill and start again.

    A broker that is started again listens where it listened before.
    """
    broker = LocalBroker(tmp_path / "kafka")
    yield broker
    broker.stop()


@pytest.fixture
def kafka_topic(kafka_broker: RunningBroker) -> Iterator[MakeTopic]:
    """Give a test a function that makes a fresh topic and returns its name.

    The function takes the number of partitions (1), and `config`, the topic's settings.
    """
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    made: list[str] = []

    def make_topic(partitions: int = 1, config: dict[str, str] | None = None) -> str:
        made.append(create_topic(admin, partitions, config))
        return made[-1]

    yield make_topic
    if made:
        admin.delete_topics(made)


def create_topic(
    admin: AdminClient, partitions: int = 1, config: dict[str, str] | None = None
) -> str:
    """Make a topic under a name that no other has, and return the name."""
    name = f"test-{uuid4().hex[:12]}"
    topic = NewTopic(name, partitions, 1, config=config or {})
    admin.create_topics([topic])[name].result(_ANSWER_WITHIN)
    _await(admin, name)
    return name


def _await(admin: AdminClient, topic: str) -> None:
    """Wait until a broker knows a topic: the controller says that it is made before that."""
    deadline = time.monotonic() + _ANSWER_WITHIN
    while topic not in admin.list_topics(timeout=_ANSWER_WITHIN).topics:
        if time.monotonic() > deadline:
            raise TimeoutError(f"no broker knows topic {topic!r}, {_ANSWER_WITHIN:.0f} s later")


def kill_broker(running: RunningBroker) -> None:
    """End a broker as a power cut would, and wait until it is gone."""
    process = psutil.Process(running.pid)
    process.kill()
    process.wait()
