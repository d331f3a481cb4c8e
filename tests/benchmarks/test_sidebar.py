"""The benchmark of the sidebar asks the routes, and judges; speed is not asserted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from tests.benchmarks.sidebar.__main__ import QUICK, main
from tests.benchmarks.sidebar.finding import slowest, spread
from tests.benchmarks.sidebar.topics import LONG, name_of, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker

ROUTES = ("topics, known", f"figures of {QUICK[0]} topics", "newest 100 records")


@pytest.fixture
def address(kafka_broker: RunningBroker) -> Iterator[str]:
    """Give the broker, and delete the topics that are made there."""
    yield kafka_broker.bootstrap
    made = {LONG, *map(name_of, range(QUICK[0]))}
    found = made.intersection(names_in(js.connect(kafka_broker.bootstrap)))
    AdminClient({"bootstrap.servers": kafka_broker.bootstrap}).delete_topics(list(found))


def test_a_quick_run_asks_every_route(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick", "--part", "routes", "--bootstrap", address])
    report = capsys.readouterr().out
    for route in ROUTES:
        assert re.search(rf"^\| {route}( \| \d+){{3}} \|$", report, re.MULTILINE), report


def test_times_are_judged_by_the_slowest() -> None:
    assert slowest("it", [1.0, 0.5, 2.0], 2.0) == ("it", "2 s", "1.00 s, then 0.50, 2.00", True)
    assert slowest("it", [2.1], 2.0) == ("it", "2 s", "2.10 s", False)


def test_presses_are_told_by_their_spread() -> None:
    assert spread([0.01] * 99 + [1.0]) == "10 / 10 / 1000 ms"
