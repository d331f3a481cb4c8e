"""What the tests with OpenMSIStream share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.testing.kafka import create_topic
from tests.interop.environment import openmsistream
from tests.interop.program import ADDRESS_VARIABLE, CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker

# More than one, so that their writer spreads the chunks of a file.
PARTITIONS = 3


@pytest.fixture(scope="session", autouse=True)
def environment() -> None:
    """Install OpenMSIStream, which may take minutes the first time."""
    openmsistream()


@pytest.fixture(scope="session")
def address(kafka_broker: RunningBroker) -> str:
    """Where Kafka is."""
    return kafka_broker.bootstrap


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one configuration file that both sides use."""
    path = tmp_path_factory.mktemp("interop") / "lab.config"
    path.write_text(CONFIGURATION)
    return path


@pytest.fixture(scope="session")
def cluster(address: str, config: Path) -> Iterator[js.Cluster]:
    """Our connection, from their configuration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS_VARIABLE, address)
        yield js.connect(config)


@pytest.fixture(scope="module")
def topic(address: str) -> str:
    """A topic for the tests of a file."""
    return _make_topic(address)


@pytest.fixture
def fresh(address: str) -> str:
    """A topic for one test."""
    return _make_topic(address)


def _make_topic(address: str) -> str:
    return create_topic(AdminClient({"bootstrap.servers": address}), PARTITIONS)
