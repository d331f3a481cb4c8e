"""Ready means that a client could write and read."""

import socket
import time

from jupyter_stream.kafka.local_broker import RunningBroker
from jupyter_stream.kafka.local_broker.readiness import is_ready


def _in(seconds: float) -> float:
    return time.monotonic() + seconds


def test_a_running_broker_is_ready(kafka_broker: RunningBroker) -> None:
    assert is_ready(kafka_broker.bootstrap, lambda: True, _in(20))


def test_a_dead_broker_is_not_waited_for() -> None:
    begin = time.monotonic()
    assert not is_ready("127.0.0.1:1", lambda: False, _in(60))
    assert time.monotonic() - begin < 5


def test_a_broker_that_never_listens_is_given_up() -> None:
    assert not is_ready("127.0.0.1:1", lambda: True, _in(0.2))


def test_something_that_listens_but_is_no_kafka_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        assert not is_ready(address, lambda: True, _in(0.2))
