"""Searching a topic: a real broker, a real Jupyter server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgpack
import pytest

from tests.server.filling import fill
from tests.server.sockets import Socket, socket

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Api


def found(opened: Socket) -> list[tuple[int, int]]:
    """Wait for the end, and return what was found."""
    opened.kind("end")
    return [
        (record["partition"], record["offset"])
        for message in opened.messages
        if message["type"] == "found"
        for record in message["records"]
    ]


def search(api: Api, topic: str, **query: Any) -> tuple[list[tuple[int, int]], Any]:
    """Return what a search finds, and its last message."""
    with socket(api, "clusters", "lab", "topics", topic, "search", **query) as opened:
        places = found(opened)
        return places, opened.messages[-1]


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    """A topic of 1000 records in two partitions; every hundredth has a needle."""
    # Records of long ago would be deleted, now or in a moment.
    name = kafka_topic(2, {"retention.ms": "-1"})
    fill(
        kafka_broker,
        name,
        [
            {
                "value": b"Needle %d" % number if number % 100 == 0 else b"hay %d" % number,
                "partition": number % 2,
                "timestamp": 1_700_000_000_000 + number,
            }
            for number in range(1000)
        ],
    )
    return name


def test_all_that_match_are_found_newest_first(api: Api, topic: str) -> None:
    places, end = search(api, topic, text="needle")
    assert places == [(0, number * 50) for number in range(9, -1, -1)]
    assert end == {"type": "end", "reason": "done"}


def test_upwards_the_first_comes_first(api: Api, topic: str) -> None:
    assert search(api, topic, text="needle", from_="earliest")[0][:2] == [(0, 0), (0, 50)]
    assert search(api, topic, text="needle", from_="offset:400")[0] == [(0, 400), (0, 450)]


def test_progress_tells_of_all(api: Api, topic: str) -> None:
    with socket(api, "clusters", "lab", "topics", topic, "search", text="x") as opened:
        opened.kind("end")
    progress = [message for message in opened.messages if message["type"] == "progress"][-1]
    assert progress["scanned"] == progress["of"] == 1000
    assert progress["bytes"] > 5000
    assert progress["seconds"] > 0


@pytest.mark.parametrize("start", ["newest", "earliest"])
def test_a_search_goes_on_behind_its_limit(api: Api, topic: str, start: str) -> None:
    whole, _ = search(api, topic, text="needle", from_=start)
    seen: list[tuple[int, int]] = []
    query = {"from_": start}
    while True:
        places, end = search(api, topic, text="needle", limit=3, **query)
        seen += places
        if end["reason"] == "done":
            break
        assert end["reason"] == "limit"
        query = {name: end[name] for name in ("before", "after") if name in end}
    assert seen == whole


def test_a_partition_can_be_searched_alone(api: Api, topic: str) -> None:
    assert search(api, topic, text="needle", partition=1)[0] == []
    assert len(search(api, topic, text="needle", partition=0)[0]) == 10


def test_keys_and_headers_are_searched_where_wanted(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    name = kafka_topic(1)
    fill(
        kafka_broker,
        name,
        [
            {"value": b"1", "key": b"gold"},
            {"value": b"2", "headers": [("gold", b"x")]},
            {"value": b"3", "headers": [("x", b"of Gold")]},
            {"value": b"gold"},
        ],
    )
    cases = {"key": [0], "value": [3], "headers": [2, 1], "key,value,headers": [3, 2, 1, 0]}
    for places, expected in cases.items():
        got, _ = search(api, name, text="GOLD", in_=places)
        assert [offset for _, offset in got] == expected, places


def test_text_is_found_however_it_is_written(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    name = kafka_topic(1)
    values = [
        json.dumps({"name": "Zürich"}).encode(),
        json.dumps({"name": "Zürich"}, ensure_ascii=False).encode(),
        msgpack.packb({"name": "zürich"}),
        msgpack.packb({"number": 424242}),
        b"elsewhere",
    ]
    fill(kafka_broker, name, [{"value": value} for value in values])
    assert [offset for _, offset in search(api, name, text="ZÜRICH")[0]] == [2, 1, 0]
    assert [offset for _, offset in search(api, name, text="424242")[0]] == [3]


def test_a_search_can_be_stopped(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    name = kafka_topic(1)
    fill(kafka_broker, name, [{"value": b"x" * 1000}] * 50_000)
    with socket(api, "clusters", "lab", "topics", name, "search", text="none") as opened:
        opened.kind("progress")
        opened.send(type="stop")
        end = opened.kind("end")
    assert end["reason"] == "stopped"
    assert end["before"]
    progress = [message for message in opened.messages if message["type"] == "progress"][-1]
    assert 0 < progress["scanned"] < 50_000
