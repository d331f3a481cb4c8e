"""Reading a real topic: added partitions, deleted records, and the ends of partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions  # type: ignore[attr-defined]

import jupyter_stream as js
from jupyter_stream.kafka import topic_check
from jupyter_stream.kafka.profile import Profile, Properties
from jupyter_stream.kafka.reader import TopicReader
from tests.waiting import wait_until

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

# Little is fetched ahead, so that a reader can be behind.
ONE_BY_ONE: Properties = {"fetch.message.max.bytes": 1_000, "queued.max.messages.kbytes": 1}


def profile(broker: RunningBroker, consumer: Properties | None = None) -> Profile:
    return Profile("lab", {"bootstrap.servers": broker.bootstrap}, consumer=consumer or {})


def write(broker: RunningBroker, topic: str, values: list[bytes], partition: int = 0) -> None:
    """Write each value as a batch of its own."""
    producer = Producer({"bootstrap.servers": broker.bootstrap, "batch.num.messages": 1})
    for value in values:
        producer.produce(topic, value, partition=partition)
    assert producer.flush(20) == 0


def delete_before(broker: RunningBroker, topic: str, offset: int) -> None:
    """Do at once what a topic's retention does in time."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap})
    place = TopicPartition(topic, 0, offset)
    admin.delete_records([place])[place].result(20)


def await_partitions(cluster: js.Cluster, topic: str, number: int) -> None:
    wait_until(lambda: cluster.partitions(topic) == number, "the partition")


def read_until(reader: TopicReader, number: int) -> list[tuple[int, int]]:
    """Read a number of records, and whatever comes with the last; return where they stand."""
    read: list[tuple[int, int]] = []

    def all_read() -> bool:
        read.extend((record.partition, record.offset) for record in reader.read(0.1))
        return len(read) >= number

    wait_until(all_read, f"{number} records")
    return read


def test_added_partitions_are_read_and_no_record_twice(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_check, "METADATA_SECONDS", 0.0)
    topic = kafka_topic(1)
    cluster = js.connect(kafka_broker.bootstrap)
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    reader = TopicReader(profile(kafka_broker, ONE_BY_ONE), topic, "earliest")
    read: list[tuple[int, int]] = []
    for partitions in range(2, 5):
        write(kafka_broker, topic, [bytes(500)] * 20)
        admin.create_partitions([NewPartitions(topic, partitions)])[topic].result(20)
        await_partitions(cluster, topic, partitions)
        write(kafka_broker, topic, [b"new"], partitions - 1)
        read += read_until(reader, 3)
    read += read_until(reader, 63 - len(read))
    wait_until(lambda: reader.lag() == 0, "the end")
    read += [(record.partition, record.offset) for record in reader.read(0.5)]
    assert sorted(read) == [(0, n) for n in range(60)] + [(1, 0), (2, 0), (3, 0)]
    assert reader.lost == 0
    reader.close()


def test_the_lag_is_true_while_nothing_is_read(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write(kafka_broker, topic, [b"x" * 900] * 20)
    reader = TopicReader(profile(kafka_broker, ONE_BY_ONE), topic, "earliest")
    read = len(read_until(reader, 5))
    write(kafka_broker, topic, [b"x" * 900] * 200)

    def has_seen_all() -> bool:
        reader.keep_alive()
        return reader.lag() == 220 - read

    wait_until(has_seen_all, "the lag")
    read += len(read_until(reader, 10))
    assert (reader.lag() or 0) <= 220 - read
    reader.close()


def test_records_that_were_deleted_before_they_were_read_are_counted(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    write(kafka_broker, topic, [bytes(2_000)] * 100)
    reader = TopicReader(profile(kafka_broker, ONE_BY_ONE), topic, "earliest")
    read = read_until(reader, 1)
    delete_before(kafka_broker, topic, 90)
    while read[-1] != (0, 99):
        read += read_until(reader, 1)
    assert reader.lost == 100 - len(read) > 0
    assert [offset for _, offset in read if offset >= 90] == list(range(90, 100))
    assert len(set(read)) == len(read)
    assert (reader.lag(), reader.trouble) == (0, None)
    reader.close()


def test_records_that_were_gone_before_the_start_are_neither_lost_nor_lag(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    write(kafka_broker, topic, [b"old"] * 50)
    delete_before(kafka_broker, topic, 50)
    reader = TopicReader(profile(kafka_broker), topic, "earliest")

    def at_the_end() -> bool:
        assert reader.read(0.1) == []
        return reader.lag() == 0

    wait_until(at_the_end, "no lag")
    write(kafka_broker, topic, [b"new"])
    assert read_until(reader, 1) == [(0, 50)]
    assert reader.lost == 0
    reader.close()


def test_the_mark_of_a_transaction_is_no_lag(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    reader = TopicReader(profile(kafka_broker), topic, "earliest")
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": topic})
    producer.init_transactions(20)
    producer.begin_transaction()
    producer.produce(topic, b"one")
    producer.commit_transaction(20)
    assert read_until(reader, 1) == [(0, 0)]

    def at_the_end() -> bool:
        assert reader.read(0.1) == []
        return reader.lag() == 0

    wait_until(at_the_end, "no lag")
    reader.close()


def test_what_the_reader_relies_on_cannot_be_overridden(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    write(kafka_broker, topic, [b"value"] * 3)
    theirs: Properties = {
        "auto.offset.reset": "latest",
        "enable.partition.eof": False,
        "enable.auto.commit": True,
        "group.id": "theirs",
    }
    reader = TopicReader(profile(kafka_broker, theirs), topic, "earliest")
    assert read_until(reader, 3) == [(0, 0), (0, 1), (0, 2)]
    wait_until(lambda: reader.read(0.1) == [] and reader.lag() == 0, "the end")
    reader.close()


def test_a_property_of_the_consumer_that_kafka_does_not_know_is_named(
    kafka_broker: RunningBroker,
) -> None:
    with pytest.raises(js.ProfileError, match=r"profile 'lab': .*fetch\.max\.byte") as caught:
        TopicReader(profile(kafka_broker, {"fetch.max.byte": "hush"}), "topic", "earliest")
    assert "hush" not in str(caught.value)


def test_a_topic_that_was_deleted_and_made_again_is_read_from_its_start(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_check, "METADATA_SECONDS", 0.0)
    monkeypatch.setattr(topic_check, "CHECK_SECONDS", 0.2)
    topic = kafka_topic(1)
    cluster = js.connect(kafka_broker.bootstrap)
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    write(kafka_broker, topic, [b"old"] * 5)
    reader = TopicReader(profile(kafka_broker), topic, "earliest")
    assert len(read_until(reader, 5)) == 5
    admin.delete_topics([topic])[topic].result(20)
    wait_until(lambda: reader.read(0.1) == [] and reader.trouble, "trouble")
    cluster.create_topic(topic, 1)
    write(kafka_broker, topic, [b"new"] * 2)
    assert read_until(reader, 2) == [(0, 0), (0, 1)]
    wait_until(lambda: reader.read(0.1) == [] and reader.trouble is None, "no trouble")
    assert (reader.lost, reader.restarted) == (0, 1)
    reader.close()
