"""Following a topic: a real broker, a real Jupyter server."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from confluent_kafka import Producer

from tests.server.filling import fill
from tests.server.sockets import Socket, socket
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Api

MOST_BATCHES = 2


@contextmanager
def tail(api: Api, topic: str, **query: Any) -> Iterator[Socket]:
    with socket(api, "clusters", "lab", "topics", topic, "tail", **query) as opened:
        yield opened


def offsets(message: Any) -> list[tuple[int, int]]:
    return [(record["partition"], record["offset"]) for record in message["records"]]


def numbered(count: int) -> list[dict[str, Any]]:
    return [{"value": str(number).encode(), "partition": number % 2} for number in range(count)]


def read_all(opened: Socket, count: int) -> list[tuple[int, int]]:
    """Return what comes, acknowledged at once, until it is so much."""
    seen: list[tuple[int, int]] = []
    while len(seen) < count:
        message = opened.kind("records")
        seen += offsets(message)
        opened.send(type="ack", sequence=message["sequence"])
    return seen


def test_records_come_as_they_are_written(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, numbered(4))
    with tail(api, topic) as opened:
        assert opened.kind("state")["state"] == "running"
        assert opened.kind("behind")["records"] == 0
        fill(kafka_broker, topic, [{"value": b"new", "key": b"k"}])
        message = opened.kind("records")
        assert offsets(message) == [(0, 2)]
        assert message["records"][0]["value"]["text"] == "new"


def test_a_tail_goes_on_where_a_page_or_a_tail_ended(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, numbered(10))
    page = api.get("clusters", "lab", "topics", topic, "records").json
    fill(kafka_broker, topic, numbered(4))
    with tail(api, topic, after=page["after"]) as opened:
        first = opened.kind("records")
    assert set(offsets(first)) <= {(0, 5), (0, 6), (1, 5), (1, 6)}
    with tail(api, topic, after=first["after"]) as opened:
        rest = read_all(opened, 4 - len(first["records"])) if len(first["records"]) < 4 else []
    assert sorted(offsets(first) + rest) == [(0, 5), (0, 6), (1, 5), (1, 6)]


def test_a_tail_of_one_partition_leaves_the_others_out(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, numbered(10))
    page = api.get("clusters", "lab", "topics", topic, "records", partition=1, limit=2).json
    with tail(api, topic, partition=1, before=page["before"]) as opened:
        assert opened.kind("behind")["records"] in {0, 2}
        fill(kafka_broker, topic, numbered(6))
        assert read_all(opened, 5) == [(1, offset) for offset in range(3, 8)]


def test_a_page_that_is_slow_loses_nothing_and_is_told_how_much_waits(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    with tail(api, topic) as opened:
        opened.kind("behind")
        fill(kafka_broker, topic, numbered(5_000))
        batches = [opened.kind("records") for _ in range(MOST_BATCHES)]
        sent = sum(len(batch["records"]) for batch in batches)
        opened.until(lambda message: message.get("records") == 5_000 - sent)
        assert [message["type"] for message in opened.messages].count("records") == MOST_BATCHES
        opened.send(type="ack", sequence=batches[-1]["sequence"])
        seen = [place for batch in batches for place in offsets(batch)]
        seen += read_all(opened, 5_000 - sent)
    assert sorted(seen) == [(partition, n) for partition in range(2) for n in range(2_500)]
    for partition in range(2):
        assert [n for p, n in seen if p == partition] == list(range(2_500))


def test_batches_are_small(api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, [{"value": b"\x01\x02" * 5000, "key": b"k" * 5000}] * 300)
    with tail(api, topic, from_="earliest") as opened:
        message = opened.kind("records")
    assert len(message["records"]) <= 200
    assert len(str(message)) < 400_000


def test_a_tail_pauses_and_goes_on(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    with tail(api, topic) as opened:
        opened.kind("behind")
        opened.send(type="pause")
        # Once it has told again, the pause has arrived: what comes now waits.
        opened.kind("behind")
        opened.kind("behind")
        fill(kafka_broker, topic, [{"value": b"1"}] * 3)
        opened.until(lambda message: message.get("records") == 3)
        assert "records" not in [message["type"] for message in opened.messages]
        opened.send(type="resume")
        assert offsets(opened.kind("records")) == [(0, 0), (0, 1), (0, 2)]


def test_a_thousand_records_a_second_are_followed(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    process = psutil.Process(api.server.process.pid)
    with tail(api, topic) as opened:
        opened.kind("behind")
        before = process.memory_info().rss
        writer = Thread(target=fill, args=(kafka_broker, topic, [{"value": b"x" * 1000}] * 20_000))
        writer.start()
        seen = read_all(opened, 20_000)
        writer.join()
        assert process.memory_info().rss - before < 150 * 2**20
    assert seen == [(0, number) for number in range(20_000)]


def test_a_thread_ends_with_its_page(api: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1)
    process = psutil.Process(api.server.process.pid)
    before = process.num_threads()
    for _ in range(30):
        with tail(api, topic) as opened:
            opened.kind("state")
    wait_until(lambda: process.num_threads() <= before + 16, "the threads to end")


@pytest.mark.parametrize("message", [b"nonsense", b'{"type": "buy"}', b"[" * 2000, b"{}"])
def test_what_is_not_understood_closes_the_tail(
    api: Api, kafka_topic: MakeTopic, message: bytes
) -> None:
    with tail(api, kafka_topic(1)) as opened:
        opened.kind("state")
        opened.connection.send(message)
        while opened.next() is not None:
            pass


def test_an_acknowledgement_of_what_was_not_sent_counts_for_nothing(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, numbered(5_000))
    with tail(api, topic, from_="earliest") as opened:
        opened.send(type="ack", sequence=10**9)
        batches = [opened.kind("records") for _ in range(MOST_BATCHES)]
        opened.kind("behind")
        opened.kind("behind")
        assert [message["type"] for message in opened.messages].count("records") == len(batches)


def test_a_topic_that_is_not_there_is_told(api: Api) -> None:
    with tail(api, "no-such-topic") as opened:
        error = opened.kind("error")
        assert "no-such-topic" in error["message"]
        assert opened.next() is None


def test_only_committed_records_come(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": topic})
    producer.init_transactions()
    with tail(api, topic) as opened:
        opened.kind("behind")
        producer.begin_transaction()
        producer.produce(topic, b"no")
        producer.flush()
        producer.abort_transaction()
        producer.begin_transaction()
        producer.produce(topic, b"yes")
        producer.commit_transaction()
        assert opened.kind("records")["records"][0]["value"]["text"] == "yes"
