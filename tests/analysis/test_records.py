"""Reading records that are there already, from a real broker."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from confluent_kafka import Producer, TopicPartition
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    return js.connect(kafka_broker.bootstrap)


def write(cluster: js.Cluster, topic: str, count: int, partition: int = 0, size: int = 0) -> None:
    write_records(
        cluster,
        topic,
        [(partition, b"", b"%d%s" % (number, b"." * size)) for number in range(count)],
    )


def write_timed(bootstrap: str, topic: str, times: dict[int, list[float]]) -> None:
    producer = Producer({"bootstrap.servers": bootstrap})
    for partition, moments in times.items():
        for moment in moments:
            producer.produce(topic, b"x", partition=partition, timestamp=round(moment * 1000))
    producer.flush()


def offsets(found: list[js.ReceivedRecord]) -> list[int]:
    return [record.offset for record in found]


def delete_before(bootstrap: str, topic: str, offset: int) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    place = TopicPartition(topic, 0, offset)
    admin.delete_records([place])[place].result(30)


def test_all_records_of_a_topic_come_in_order(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    write(cluster, topic, 25)
    found = js.records(topic)
    assert offsets(found) == list(range(25))
    assert [record.value for record in found[:3]] == [0, 1, 2]
    assert all(record.topic == topic for record in found)


def test_partitions_are_merged_by_time(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    now = time.time()
    write_timed(kafka_broker.bootstrap, topic, {0: [now - 9, now - 3], 1: [now - 6, now - 1]})
    found = js.records(topic, cluster=cluster)
    assert [(record.partition, record.offset) for record in found] == [
        (0, 0),
        (1, 0),
        (0, 1),
        (1, 1),
    ]
    assert offsets(js.records(topic, partition=1)) == [0, 1]


def test_a_start_and_a_limit_cut_out_a_range(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    write(cluster, topic, 30)
    assert offsets(js.records(topic, start=10, limit=5)) == [10, 11, 12, 13, 14]
    assert offsets(js.records(topic, start={0: 27})) == [27, 28, 29]
    assert js.records(topic, start=30) == []
    assert js.records(topic, start=1000) == []


def test_the_newest_records_come_in_the_order_of_time(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    now = time.time()
    write_timed(kafka_broker.bootstrap, topic, {0: [now - 9, now - 3], 1: [now - 6, now - 1]})
    found = js.records(topic, newest=3, cluster=cluster)
    assert [(record.partition, record.offset) for record in found] == [(1, 0), (0, 1), (1, 1)]
    assert offsets(js.records(topic, newest=1, partition=0)) == [1]
    assert len(js.records(topic, newest=100)) == 4


def test_a_start_is_a_time_or_so_long_ago(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    now = time.time()
    write_timed(kafka_broker.bootstrap, topic, {0: [now - 7200, now - 60], 1: [now - 7200]})
    for start in ("-1h", timedelta(hours=1), datetime.fromtimestamp(now - 3600, UTC)):
        assert [record.place[1:3] for record in js.records(topic, start=start)] == [(0, 1)]
    assert js.records(topic, start="-10s", cluster=cluster) == []


def test_offsets_name_exactly_what_is_read(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(3)
    write(cluster, topic, 3000, partition=0)
    write(cluster, topic, 50, partition=2)
    found = js.records(topic, offsets={0: [2900, 7, 5, 5], 1: range(10), 2: range(10, 13)})
    places = sorted((record.partition, record.offset) for record in found)
    assert places == [(0, 5), (0, 7), (0, 2900), (2, 10), (2, 11), (2, 12)]
    assert offsets(js.records(topic, offsets={2: iter([3, 1])})) == [1, 3]
    assert offsets(js.records(topic, offsets={2: np.array([4, 2])})) == [2, 4]
    assert offsets(js.records(topic, offsets={2: range(20, 10, -1)}, limit=3)) == [11, 12, 13]
    assert offsets(js.records(topic, offsets={2: range(40, 10**12)})) == list(range(40, 50))


@pytest.mark.parametrize("chosen", [{}, {0: []}, {0: range(0)}, {0: [99]}, {0: range(20, 30)}])
def test_offsets_that_hold_nothing_give_nothing(
    cluster: js.Cluster, kafka_topic: MakeTopic, chosen: dict[int, Any]
) -> None:
    topic = kafka_topic()
    write(cluster, topic, 5)
    assert js.records(topic, offsets=chosen) == []


def test_an_empty_topic_gives_nothing(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    assert js.records(kafka_topic(2), cluster=cluster) == []


def test_deleted_records_are_passed_over(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write(cluster, topic, 20)
    delete_before(kafka_broker.bootstrap, topic, 15)
    assert offsets(js.records(topic)) == [15, 16, 17, 18, 19]
    assert offsets(js.records(topic, start=3, limit=2)) == [15, 16]
    assert offsets(js.records(topic, offsets={0: [2, 14, 15, 19]})) == [15, 19]
    assert js.records(topic, offsets={0: range(15)}) == []


def test_marks_of_transactions_are_no_records(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": topic})
    producer.init_transactions()
    for _ in range(3):
        producer.begin_transaction()
        producer.produce(topic, b"x")
        producer.commit_transaction()
    assert offsets(js.records(topic, cluster=cluster)) == [0, 2, 4]
    assert offsets(js.records(topic, offsets={0: range(1, 4)})) == [2]
    assert js.records(topic, offsets={0: [5]}) == []


def test_more_bytes_than_allowed_are_refused(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    write(cluster, topic, 200, size=1000)
    for chosen in (None, {0: range(100)}):
        with pytest.raises(js.UsageMistake, match="max_bytes"):
            js.records(topic, max_bytes=20_000, offsets=chosen)
    assert len(js.records(topic, max_bytes=20_000, limit=10)) == 10


def test_a_missing_topic_is_told_with_the_nearest_names(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    with pytest.raises(js.TopicNotFound, match=f"did you mean .*{topic}"):
        js.records(f"{topic}x", cluster=cluster)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"limit": 0}, "0 is no number"),
        ({"newest": 0}, "0 is no number"),
        ({"newest": 3, "start": 3}, "leave one of them out"),
        ({"newest": 3, "offsets": {0: [0]}}, "leave newest"),
        ({"start": "latest"}, "use watch"),
        ({"start": "soon"}, "'soon' is no place"),
        ({"start": timedelta(seconds=-1)}, "in the future"),
        ({"partition": 7}, "no partition 7: it has 0 to 1"),
        ({"start": {7: 0}}, "no partition 7"),
        ({"offsets": {7: [0]}}, "no partition 7"),
        ({"offsets": {0: [-1]}}, "-1 is no offset"),
        ({"offsets": {0: ["a"]}}, "'a' is no offset"),
        ({"offsets": {0: range(-5, 5)}}, "-5 is no offset"),
        ({"offsets": {0: [0]}, "partition": 0}, "leave newest, start and partition out"),
        ({"offsets": {0: [0]}, "start": 3}, "leave newest, start and partition out"),
    ],
)
def test_mistakes_are_told(
    cluster: js.Cluster, kafka_topic: MakeTopic, arguments: dict[str, Any], told: str
) -> None:
    topic = kafka_topic(2)
    with pytest.raises(js.UsageMistake, match=told):
        js.records(topic, cluster=cluster, **arguments)
