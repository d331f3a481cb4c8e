"""Pages of records: whatever the way, each record comes once, and none is left out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient
from hypothesis import given, settings
from hypothesis import strategies as st

import jupyter_stream as js
from jupyter_stream.kafka.inspection.budget import Budget
from jupyter_stream.kafka.inspection.inspector import Inspector
from jupyter_stream.kafka.inspection.place import (
    After,
    Before,
    Earliest,
    FromOffset,
    FromTime,
    Newest,
    Place,
)
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.testing.kafka import create_topic
from tests.server.filling import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.inspection.page import Page
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

PARTITIONS = range(4)
T0 = 1_700_000_000_000
# Records of long ago would be deleted, now or in a moment.
FOR_EVER = {"retention.ms": "-1"}
FAST = settings(
    max_examples=8,
)


@pytest.fixture(scope="module")
def inspector(kafka_broker: RunningBroker) -> Iterator[Inspector]:
    opened = Inspector(Profile.from_bootstrap(kafka_broker.bootstrap))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def topic(kafka_broker: RunningBroker) -> str:
    """A topic with partitions of odd lengths, one of them empty, times in disorder, and gaps."""
    name = create_topic(AdminClient({"bootstrap.servers": kafka_broker.bootstrap}), 4, FOR_EVER)
    chance = random.Random(5)
    counts = {0: 150, 1: 7, 3: 40}
    fill(
        kafka_broker,
        name,
        [
            {
                "value": b"x" * chance.randrange(50),
                "partition": p,
                "timestamp": T0 + n * 10 + jitter,
            }
            for p, count in counts.items()
            for n in range(count)
            for jitter in [chance.randrange(50)]
        ],
    )
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": name})
    producer.init_transactions()
    for number in range(30):
        producer.begin_transaction()
        producer.produce(name, b"t", partition=1, timestamp=T0 + number * 10)
        (producer.abort_transaction if number % 3 else producer.commit_transaction)()
    return name


def page(
    inspector: Inspector, topic: str, place: Place, limit: int, max_bytes: int = 2**25
) -> Page:
    budget = Budget(max_bytes, 20)
    return inspector.pages.read(topic, list(PARTITIONS), place, limit, budget)


def places(one: Page) -> list[tuple[int, int]]:
    return [(record.partition, record.offset) for record in one.records]


@pytest.fixture(scope="module")
def everything(inspector: Inspector, topic: str) -> set[tuple[int, int]]:
    found = set(places(page(inspector, topic, Earliest(), 100_000)))
    assert len(found) == 150 + 7 + 40 + 10
    return found


@FAST
@given(limit=st.integers(1, 120), max_bytes=st.sampled_from([300, 1000, 2**25]))
def test_downwards_each_record_comes_once(
    inspector: Inspector,
    topic: str,
    everything: set[tuple[int, int]],
    limit: int,
    max_bytes: int,
) -> None:
    limit = max(limit, 10)
    one = page(inspector, topic, Newest(), limit, max_bytes)
    seen = places(one)
    while one.before is not None:
        assert len(one.records) == limit or not one.complete
        one = page(inspector, topic, Before(one.before), limit, max_bytes)
        seen += places(one)
    assert len(seen) == len(everything)
    assert set(seen) == everything
    for number in PARTITIONS:
        mine = [offset for partition, offset in seen if partition == number]
        assert mine == sorted(mine, reverse=True)


@FAST
@given(limit=st.integers(10, 120), max_bytes=st.sampled_from([1000, 2**25]))
def test_upwards_each_record_comes_once(
    inspector: Inspector,
    topic: str,
    everything: set[tuple[int, int]],
    limit: int,
    max_bytes: int,
) -> None:
    one = page(inspector, topic, Earliest(), limit, max_bytes)
    seen = places(one)
    while one.records:
        one = page(inspector, topic, After(one.after), limit, max_bytes)
        seen += places(one)
    assert len(seen) == len(everything)
    assert set(seen) == everything


@FAST
@given(offset=st.integers(0, 160), limit=st.integers(1, 200))
def test_up_and_down_of_a_place_are_all(
    inspector: Inspector,
    topic: str,
    everything: set[tuple[int, int]],
    offset: int,
    limit: int,
) -> None:
    above = page(inspector, topic, FromOffset(offset), 100_000)
    assert set(places(above)) == {(p, o) for p, o in everything if o >= offset}
    some = page(inspector, topic, FromOffset(offset), limit)
    assert len(some.records) == min(limit, len(above.records))
    below = [] if some.before is None else places(page(inspector, topic, Before(some.before), 9999))
    assert set(below) == {(p, o) for p, o in everything if o < offset}


def test_a_time_before_all_and_after_all(inspector: Inspector, topic: str) -> None:
    first = page(inspector, topic, FromTime(0), 5)
    assert first.before is None
    last = page(inspector, topic, FromTime(253_402_300_000.0), 5)
    assert last.records == []
    assert last.before is not None


@pytest.mark.parametrize("place", [Newest(), Earliest()])
@FAST
@given(data=st.data())
def test_a_scan_reads_all_in_blocks(
    inspector: Inspector,
    topic: str,
    everything: set[tuple[int, int]],
    place: Place,
    data: st.DataObject,
) -> None:
    with inspector.pages.scan(topic, list(PARTITIONS), place) as scan:
        seen: list[tuple[int, int]] = []
        until = data.draw(st.integers(0, 6))
        for number, block in enumerate(scan.blocks()):
            seen += [(record.partition, record.offset) for record in block]
            if number == until:
                break
        at = dict(scan.at)
        assert scan.done == (number < until) or scan.done
    rest: Place = Before(at) if isinstance(place, Newest) else After(at)
    with inspector.pages.scan(topic, list(PARTITIONS), rest) as scan:
        for block in scan.blocks():
            seen += [(record.partition, record.offset) for record in block]
        assert scan.done
        assert scan.offsets == scan.total
    assert len(seen) == len(everything)
    assert set(seen) == everything


@pytest.mark.parametrize("place", [Newest(), Earliest()])
def test_a_scan_of_records_that_grow_reads_smaller_blocks(
    inspector: Inspector,
    topic: str,
    everything: set[tuple[int, int]],
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As if each block held much more than the one before it told.
    monkeypatch.setattr("jupyter_stream.kafka.inspection.scan.MOST_BLOCK_BYTES", 1)
    with inspector.pages.scan(topic, list(PARTITIONS), place) as scan:
        blocks = list(scan.blocks())
    seen = [(record.partition, record.offset) for block in blocks for record in block]
    assert sorted(seen) == sorted(everything)


def test_a_stopped_scan_ends(inspector: Inspector, topic: str) -> None:
    with inspector.pages.scan(topic, list(PARTITIONS), Earliest(), lambda: True) as scan:
        assert list(scan.blocks()) == []
        assert not scan.done


def test_one_record_is_read_alone(inspector: Inspector, topic: str) -> None:
    record = inspector.pages.record(topic, 0, 149, Budget(2**20, 5))
    assert (record.partition, record.offset) == (0, 149)
    with pytest.raises(js.RecordNotFound, match="150"):
        inspector.pages.record(topic, 0, 150, Budget(2**20, 5))


def test_a_topic_that_is_not_there_has_no_pages(inspector: Inspector) -> None:
    with pytest.raises(js.TopicNotFound):
        page(inspector, "no-such-topic", Newest(), 5)
    with pytest.raises(js.TopicNotFound):
        inspector.detail("no-such-topic")
    with pytest.raises(js.TopicNotFound):
        inspector.groups("no-such-topic")


def test_uncommitted_records_do_not_hold_a_page_up(
    inspector: Inspector, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    name = kafka_topic(4)
    fill(kafka_broker, name, [{"value": b"1"}] * 3)
    producer = Producer({"bootstrap.servers": kafka_broker.bootstrap, "transactional.id": name})
    producer.init_transactions()
    producer.begin_transaction()
    producer.produce(name, b"open", partition=0)
    producer.flush()
    assert places(page(inspector, name, Newest(), 10)) == [(0, 2), (0, 1), (0, 0)]
    assert places(page(inspector, name, Earliest(), 10)) == [(0, 0), (0, 1), (0, 2)]
    producer.abort_transaction()


def test_a_page_ends_with_its_time(inspector: Inspector, topic: str) -> None:
    with pytest.raises(js.TimeUsedUp):
        inspector.pages.read(topic, list(PARTITIONS), Newest(), 10, Budget(2**20, 0))


def test_what_the_budget_left_unread_comes_on_the_next_page(
    inspector: Inspector, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    name = kafka_topic(4)
    fill(kafka_broker, name, [{"value": b"x" * 300_000, "partition": n % 4} for n in range(12)])
    one = page(inspector, name, Newest(), 10, 100_000)
    seen = places(one)
    while one.before is not None:
        one = page(inspector, name, Before(one.before), 10, 100_000)
        seen += places(one)
    assert sorted(seen) == [(partition, offset) for partition in range(4) for offset in range(3)]
