"""What the tests of watches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)
