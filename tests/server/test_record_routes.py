"""The routes of records, on a real broker and a real Jupyter server."""

from __future__ import annotations

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np
import pytest

from jupyter_stream.formats.chunk import pack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.server.filling import fill, npy

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Answer, Api

T0 = 1_700_000_000_000
# Records of long ago would be deleted, now or in a moment.
FOR_EVER = {"retention.ms": "-1"}
LARGE = 20_000_000


class Topic:
    """A topic and its routes."""

    def __init__(self, api: Api, broker: RunningBroker, name: str) -> None:
        self.api = api
        self.broker = broker
        self.name = name

    def fill(self, *records: dict[str, Any]) -> None:
        """Write records."""
        fill(self.broker, self.name, records)

    def ask(self, *path: str, **query: Any) -> Answer:
        """Ask a route of records."""
        return self.api.get("clusters", "lab", "topics", self.name, "records", *path, **query)

    def page(self, **query: Any) -> Any:
        """Return a page."""
        answer = self.ask(**query)
        assert answer.status == 200, answer.body
        return answer.json

    def one(self, value: bytes, **query: Any) -> Any:
        """Write a record, and return its value as it is shown."""
        self.fill({"value": value})
        return self.page(limit=1, **query)["records"][0]["value"]


@pytest.fixture
def topic(api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Topic:
    return Topic(api, kafka_broker, kafka_topic(1, {"max.message.bytes": "30000000", **FOR_EVER}))


@pytest.fixture
def three(api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Topic:
    """A topic of three partitions with 30 records, a second after one another."""
    made = Topic(api, kafka_broker, kafka_topic(3, FOR_EVER))
    made.fill(
        *(
            {
                "value": str(number).encode(),
                "partition": number % 3,
                "timestamp": T0 + number * 1000,
            }
            for number in range(30)
        )
    )
    return made


def values(page: Any) -> list[int]:
    return [int(record["value"]["text"]) for record in page["records"]]


def test_the_newest_come_first_and_pages_go_back_to_the_first(three: Topic) -> None:
    page = three.page(limit=7)
    seen = values(page)
    while page["before"]:
        page = three.page(limit=7, before=page["before"])
        seen += values(page)
    assert seen == list(range(29, -1, -1))


def test_the_earliest_come_first_and_pages_go_on_to_the_last(three: Topic) -> None:
    page = three.page(limit=8, from_="earliest")
    assert page["before"] is None
    seen = values(page)
    while page["records"]:
        page = three.page(limit=8, after=page["after"])
        seen += values(page)
    assert seen == list(range(30))


def test_a_cursor_behind_the_end_gives_what_comes_later(three: Topic) -> None:
    page = three.page(limit=2)
    assert three.page(after=page["after"])["records"] == []
    three.fill({"value": b"30", "partition": 1})
    assert values(three.page(after=page["after"])) == [30]


def test_a_page_begins_at_a_time(three: Topic) -> None:
    page = three.page(from_=f"time:{T0 / 1000 + 9.5}", limit=3)
    assert values(page) == [10, 11, 12]
    assert values(three.page(before=page["before"], limit=3)) == [9, 8, 7]
    assert three.page(from_=f"time:{T0 / 1000 + 1000}")["records"] == []


def test_a_page_begins_at_an_offset_and_keeps_to_a_partition(three: Topic) -> None:
    assert values(three.page(from_="offset:8", partition=1)) == [25, 28]
    assert values(three.page(from_="offset:9")) == [27, 28, 29]
    assert three.page(from_="offset:10")["records"] == []
    assert values(three.page(partition=2, limit=2)) == [29, 26]


def test_an_empty_topic_has_an_empty_page(topic: Topic) -> None:
    page = topic.page()
    assert page["records"] == []
    assert page["before"] is None
    assert page["complete"] is True
    topic.fill({"value": b"1"})
    assert values(topic.page(after=page["after"])) == [1]


def test_offsets_that_are_gone_leave_no_gap_in_pages(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    made = Topic(api, kafka_broker, kafka_topic(1))
    from confluent_kafka import Producer  # noqa: PLC0415 - only transactions leave marks

    producer = Producer(
        {"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": made.name}
    )
    producer.init_transactions()
    for number in range(20):
        producer.begin_transaction()
        producer.produce(made.name, str(number).encode(), partition=0)
        producer.commit_transaction()
    assert values(made.page(limit=100)) == list(range(19, -1, -1))
    assert values(made.page(limit=3)) == [19, 18, 17]
    assert values(made.page(from_="earliest", limit=100)) == list(range(20))
    answer = made.ask("0", "1")
    assert answer.status == 404
    assert "1" in answer.json["message"]


def test_records_tell_key_headers_and_sizes(topic: Topic) -> None:
    topic.fill(
        {
            "value": b'{"a": 1}',
            "key": b"the key",
            "headers": [("unit", b"mm"), ("none", None)],
            "timestamp": T0,
        },
        {"value": None, "key": None},
    )
    newest, first = topic.page()["records"]
    assert newest["value"]["format"] == newest["key"]["format"] == "empty"
    assert newest["value_bytes"] is None
    assert first["timestamp"] == T0 / 1000
    assert first["key"]["text"] == "the key"
    assert first["key_bytes"] == 7
    assert first["value_bytes"] == 8
    assert first["value"]["format"] == "json"
    assert first["value"]["kind"] == "mapping"
    assert [(name, shown["text"]) for name, shown in first["headers"]] == [
        ("unit", "mm"),
        ("none", ""),
    ]


@pytest.mark.parametrize(
    ("value", "form", "kind"),
    [
        (b"21.5", "json", "number"),
        (b"hello", "text", "text"),
        (b"\xff\xfe\x00\x01", "bytes", "bytes"),
        (npy(np.arange(5.0)), "npy", "spectrum"),
        (npy(np.zeros((4, 6))), "npy", "image"),
        (npy(np.zeros((4, 6, 3), np.uint8)), "npy", "image"),
        (npy(np.zeros((4, 6, 5))), "npy", "array"),
        (msgpack.packb({"temperature": 3.5}), "msgpack", "mapping"),
        (b'{"x": [1, 2, 3], "y": [4, 5, 6]}', "json", "spectrum"),
        (b'{"a": [1, 2, 3], "b": [4, 5, 6]}', "json", "table"),
        (b'[{"a": 1}, {"a": 2}]', "json", "table"),
        (b"[1, 2, 3]", "json", "spectrum"),
    ],
)
def test_values_are_decoded_by_themselves(topic: Topic, value: bytes, form: str, kind: str) -> None:
    shown = topic.one(value)
    assert (shown["format"], shown["kind"], shown["error"]) == (form, kind, None)
    assert shown["text"]


def test_arrays_tell_shape_and_type(topic: Topic) -> None:
    shown = topic.one(npy(np.zeros((4, 6), "f4")))
    assert shown["shape"] == [4, 6]
    assert shown["dtype"] == "float32"


def test_a_chunk_tells_which_part_of_which_file_it_is(topic: Topic) -> None:
    chunk = chunks_of(b"content", chunk_size=4)[1]
    shown = topic.one(pack_chunk(chunk))
    assert shown["format"] == shown["kind"] == "chunk"
    assert "chunk 2 of 2" in shown["text"]


def test_what_is_damaged_is_shown_as_hex_with_the_reason(topic: Topic) -> None:
    value = npy(np.arange(100.0))[:-8]
    shown = topic.one(value)
    assert "cut off" in shown["error"]
    assert value.hex().startswith(shown["text"])


def test_another_format_can_be_chosen(topic: Topic) -> None:
    shown = topic.one(b'{"a": 1}', as_="text")
    assert (shown["format"], shown["text"]) == ("text", '{"a": 1}')
    assert topic.page(as_="bytes")["records"][0]["value"]["text"] == b'{"a": 1}'.hex()
    assert topic.page(as_="npy")["records"][0]["value"]["error"]
    assert topic.page(as_="chunk")["records"][0]["value"]["error"]


def test_text_is_cut_in_pages_and_longer_alone(topic: Topic) -> None:
    shown = topic.one("ä".encode() * 500_000)
    assert shown["cut"] is True
    assert shown["text"] == "ä" * 2000
    alone = topic.ask("0", "0").json["value"]
    assert alone["text"] == "ä" * 500_000
    assert alone["cut"] is False


def test_the_bytes_of_a_value_come_as_a_file(topic: Topic) -> None:
    topic.one(b"<script>alert(1)</script>")
    answer = topic.ask("0", "0", "value")
    assert answer.body == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_record_that_is_not_there_is_not_found(topic: Topic) -> None:
    topic.one(b"1")
    for path in (("0", "1"), ("0", "99999999999"), ("7", "0")):
        answer = topic.ask(*path)
        assert answer.status == 404, path
        assert answer.json["message"]


def test_previews_are_small(topic: Topic) -> None:
    y = np.zeros(100_000)
    y[77_777] = 5
    topic.fill(
        {"value": npy(y)},
        {"value": npy(np.add.outer(np.arange(1000.0), np.arange(500.0)))},
        {"value": json.dumps([{"a": 1, "b": "two"}] * 50).encode()},
        {"value": b"no picture"},
        {"value": npy(np.array([1.0, np.nan, np.inf]))},
    )
    line, image, table, none, odd = (topic.ask("0", str(n), "preview").json for n in range(5))
    assert line["kind"] == "spectrum"
    assert len(line["y"]) == len(line["x"]) <= 256
    assert line["x"][line["y"].index(5.0)] == 77_777
    assert image["kind"] == "image"
    assert image["shape"] == [63, 63]
    pixels = np.frombuffer(base64.b64decode(image["data"]), np.uint8).reshape(image["shape"])
    assert pixels[0, 0] == 0
    assert pixels[-1, -1] == 255
    assert table == {"kind": "table", "columns": ["a", "b"], "rows": [["1", "two"]] * 5}
    assert none == {"kind": "none"}
    assert odd == {"kind": "spectrum", "x": None, "y": [1.0, None, None]}
    assert len(topic.ask("0", "0", "preview", points=16).json["y"]) <= 16


@pytest.mark.parametrize(
    "head", [b"", b'{"a": [', b"\xff\x00", b"\xdc\xff\xff", npy(np.zeros(2_500_000))]
)
def test_a_large_record_freezes_nothing(topic: Topic, head: bytes) -> None:
    topic.fill({"value": head.ljust(LARGE, b"7")})
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(topic.page)
        slowest = 0.0
        while not asked.done():
            begin = time.monotonic()
            topic.api.get("clusters")
            slowest = max(slowest, time.monotonic() - begin)
        answer = asked.result()
    assert len(json.dumps(answer)) < 10_000
    assert answer["records"][0]["value_bytes"] == LARGE or head
    assert slowest < 1.0
    assert len(topic.ask("0", "0", "value").body) >= LARGE
    assert len(topic.ask("0", "0").body) < 2_500_000
    assert topic.ask("0", "0", "preview").status == 200


def test_a_page_of_large_records_ends_with_its_budget(topic: Topic) -> None:
    topic.fill(*[{"value": bytes([number]) * LARGE} for number in range(5)])
    page = topic.page(limit=100)
    assert 1 <= len(page["records"]) < 5
    assert page["complete"] is False
    offsets = [record["offset"] for record in page["records"]]
    while page["before"]:
        page = topic.page(limit=100, before=page["before"])
        offsets += [record["offset"] for record in page["records"]]
    assert offsets == [4, 3, 2, 1, 0]
