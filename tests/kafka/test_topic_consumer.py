"""Records in batches: in order, none twice, with all that belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Producer

from jupyter_stream.kafka.profile import Profile
from jupyter_stream.kafka.topic_consumer import TopicConsumer
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.testing.kafka import MakeTopic

COUNT = 10


@pytest.fixture
def consumer(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Iterator[TopicConsumer]:
    """A consumer of a topic with ten records on the first of two partitions."""
    topic = kafka_topic(2)
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap})
    for number in range(COUNT):
        headers: list[tuple[str, str | bytes | None]] = [("unit", b"mm")] if number == 1 else []
        producer.produce(topic, str(number), partition=0, headers=headers)
    producer.flush()
    profile = Profile.from_bootstrap(kafka_broker.bootstrap)
    consumer = TopicConsumer(profile, topic, {"group.id": "none"})
    yield consumer
    consumer.client.close()


def taken(consumer: TopicConsumer, until: int) -> list[Record]:
    """Take until a partition is read up to an offset."""
    records: list[Record] = []

    def has_come() -> bool:
        records.extend(consumer.take(0.1))
        return consumer.next[0] >= until

    wait_until(has_come, "the records")
    return records


@pytest.mark.parametrize("first", [0, 3])
def test_what_lies_before_the_next_offset_is_left_out(consumer: TopicConsumer, first: int) -> None:
    consumer.next = {0: first}
    consumer.client.assign(consumer.positions({0: 0}))
    records = taken(consumer, COUNT)
    assert [record.offset for record in records] == list(range(first, COUNT))
    assert [record.value for record in records] == [b"%d" % n for n in range(first, COUNT)]


def test_partitions_that_are_not_read_are_left_out(consumer: TopicConsumer) -> None:
    consumer.next = {1: 0}
    consumer.client.assign(consumer.positions({0: 0, 1: 0}))
    wait_until(lambda: consumer.take(0.1) or consumer.lag() == 0, "the end")
    assert consumer.take(0.1) == []
    assert consumer.next == {1: 0}


def test_a_record_has_all_that_belongs_to_it(consumer: TopicConsumer) -> None:
    consumer.next = {0: 0}
    consumer.client.assign(consumer.positions({0: 0}))
    first, second, *_ = taken(consumer, COUNT)
    assert (first.topic, first.partition, first.key, first.headers) == (consumer.topic, 0, None, ())
    assert first.timestamp is not None
    assert first.timestamp > 1e9
    assert second.headers == (("unit", b"mm"),)
