"""Starting in the middle of a real topic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Producer

import jupyter_stream as js
from tests.kafka.members import Place, write
from tests.kafka.test_group_reader import delete_before
from tests.waiting import wait_until

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.kafka.record_reader import RecordReader
    from jupyter_stream.kafka.start import Start
    from jupyter_stream.testing.kafka import MakeTopic

# A cluster refuses times to come.
FIRST_TIME = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


def write_timed(address: str, topic: str, number: int) -> None:
    """Write records that are a second apart."""
    producer = Producer({"bootstrap.servers": address})
    for second in range(number):
        milliseconds = int(FIRST_TIME.timestamp() + second) * 1000
        producer.produce(topic, b"value", partition=0, timestamp=milliseconds)
    assert producer.flush(20) == 0


def read_from(address: str, topic: str, start: Start) -> tuple[list[Place], int]:
    """Read to the end; return where the records stand, and how many were lost."""
    reader: RecordReader = js.connect(address).reader(topic, start)
    read: list[Place] = []

    def at_end() -> bool:
        read.extend((record.partition, record.offset) for record in reader.read(0.05))
        return reader.at_end

    wait_until(at_end, "the end")
    assert reader.lag() in {0, None}
    reader.close()
    return sorted(read), reader.lost


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (FIRST_TIME - timedelta(days=1), 0),
        (FIRST_TIME, 0),
        (FIRST_TIME + timedelta(seconds=2.5), 3),
        (FIRST_TIME + timedelta(seconds=9), 9),
        (FIRST_TIME + timedelta(seconds=9.5), 10),
        (datetime.fromtimestamp(FIRST_TIME.timestamp() + 4), 4),  # noqa: DTZ006 - local time
        (timedelta(hours=2), 0),
        ("earliest", 0),
        ("latest", 10),
        (4, 4),
        (10, 10),
        ({0: 7}, 7),
        ({}, 0),
    ],
)
def test_a_reader_starts_where_it_is_told(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, start: Start, first: int
) -> None:
    topic = kafka_topic(1)
    write_timed(kafka_broker.bootstrap, topic, 10)
    places = [(0, offset) for offset in range(first, 10)]
    assert read_from(kafka_broker.bootstrap, topic, start) == (places, 0)


def test_so_long_ago_is_counted_from_now(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    producer = Producer({"bootstrap.servers": address})
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    producer.produce(topic, b"old", timestamp=int(hour_ago.timestamp() * 1000))
    producer.produce(topic, b"new")
    assert producer.flush(20) == 0
    assert read_from(address, topic, timedelta(minutes=5)) == ([(0, 1)], 0)
    with pytest.raises(js.UsageMistake, match="future"):
        js.connect(address).reader(topic, timedelta(minutes=-5))


def test_partitions_that_are_not_named_are_read_from_their_start(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(3)
    write(address, topic, [b"value"] * 9, 3)
    read, _ = read_from(address, topic, {1: 2, 2: 3})
    assert read == [(0, 0), (0, 1), (0, 2), (1, 2)]


def test_what_is_gone_counts_as_lost_only_when_a_position_is_continued(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [b"value"] * 10)
    delete_before(address, topic, 6)
    rest = [(0, offset) for offset in range(6, 10)]
    assert read_from(address, topic, {0: 4}) == (rest, 2)
    assert read_from(address, topic, 4) == (rest, 0)
    assert read_from(address, topic, "earliest") == (rest, 0)


@pytest.mark.parametrize("start", [11, -1])
def test_an_offset_that_is_not_there_is_refused_with_the_range(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, start: Start
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [b"value"] * 10)
    with pytest.raises(js.UsageMistake, match="from 0 to 10"):
        js.connect(address).reader(topic, start)


def test_an_offset_may_be_behind_the_end_of_a_shorter_partition(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    write(address, topic, [b"value"] * 10)
    assert read_from(address, topic, 8) == ([(0, 8), (0, 9)], 0)


def test_a_partition_that_is_shorter_than_where_it_is_continued_begins_anew(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    write(address, topic, [b"value"] * 6, 2)
    reader = js.connect(address).reader(topic, {0: 4, 1: 3})
    assert reader.restarted == 1
    reader.close()
    read, lost = read_from(address, topic, {0: 4, 1: 3})
    assert (read, lost) == ([(0, 0), (0, 1), (0, 2)], 0)


def test_a_partition_that_is_not_there_is_named(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    with pytest.raises(js.UsageMistake, match="no partition 2: it has 0 to 1"):
        js.connect(address).reader(topic, {2: 0})
    with pytest.raises(js.UsageMistake, match="no offset -3"):
        js.connect(address).reader(topic, {0: -3})


def test_a_topic_that_is_not_there_is_told(kafka_broker: RunningBroker) -> None:
    with pytest.raises(js.TopicNotFound, match="no-such-topic"):
        js.connect(kafka_broker.bootstrap).reader("no-such-topic", "earliest")
