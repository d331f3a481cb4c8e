"""Sharing a real topic in a consumer group: members that come, go, die and fall asleep."""

from __future__ import annotations

import signal
import time
from threading import Thread
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions  # type: ignore[attr-defined]

import jupyter_stream as js
from jupyter_stream.kafka import group_commits, group_membership, topic_check
from jupyter_stream.kafka.member_clock import member_clock
from tests.kafka.members import Member, other_member, write
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

SMALL = [b"value"] * 100


@pytest.fixture
def group() -> str:
    return f"group-{uuid4().hex[:12]}"


def stepping(members: list[Member], condition: Callable[[], object]) -> Callable[[], object]:
    """Let members read until a condition holds."""

    def look() -> object:
        for member in members:
            member.step()
        return condition()

    return look


def leave(member: Member, others: list[Member]) -> None:
    """Let a member leave while the others go on: it may have to wait for them."""
    leaving = Thread(target=member.reader.close)
    leaving.start()
    wait_until(stepping(others, lambda: not leaving.is_alive()), "the end of a member")


def delete_before(address: str, topic: str, offset: int) -> None:
    """Do at once what a topic's retention does in time."""
    admin = AdminClient({"bootstrap.servers": address})
    place = TopicPartition(topic, 0, offset)
    admin.delete_records([place])[place].result(20)


def test_members_share_a_topic_and_no_record_is_lost_or_read_twice(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(4)
    everyone = [Member(address, topic, group)]
    written = 0
    here = list(everyone)
    for number_of_members in (1, 2, 3, 2, 1):
        write(address, topic, SMALL, 4)
        written += len(SMALL)
        while len(here) < number_of_members:
            here.append(Member(address, topic, group))
            everyone.append(here[-1])
        while len(here) > number_of_members:
            leave(here.pop(0), here)
        wait_until(
            stepping(here, lambda: all(member.reader.partitions for member in here)),
            "a share for everyone",
        )
        write(address, topic, SMALL, 4)
        written += len(SMALL)
        for member in here:
            member.step()
    wait_until(
        stepping(here, lambda: sum(len(member.read) for member in everyone) >= written),
        "all records",
    )
    assert here[0].step(0.5) == []
    places = [place for member in everyone for place in member.read]
    assert sorted(places) == [(partition, n) for partition in range(4) for n in range(written // 4)]
    assert all(member.read for member in everyone)
    assert here[0].reader.lag() == 0
    assert [member.reader.trouble for member in everyone] == [None] * 3
    here[0].reader.close()


def test_a_partition_is_committed_before_another_member_gets_it(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    write(address, topic, SMALL, 2)
    first = Member(address, topic, group)
    wait_until(stepping([first], lambda: len(first.read) == 100), "all records")
    second = Member(address, topic, group)
    wait_until(stepping([first, second], lambda: second.reader.partitions), "a share")
    assert first.revoked == [second.reader.partitions]
    assert first.reader.partitions | second.reader.partitions == {0, 1}
    assert len(first.reader.partitions) == 1
    assert second.step(0.5) == []
    first.reader.close()
    assert first.revoked in ([{0}, {1}], [{1}, {0}])
    second.reader.close()


def test_what_a_killed_member_had_comes_to_another(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: member.reader.partitions == {0, 1}), "all partitions")
    with other_member(address, topic, group) as other:
        wait_until(
            stepping([member], lambda: other.step() or len(member.reader.partitions) == 1),
            "a share",
        )
        write(address, topic, SMALL, 2)
        wait_until(stepping([member], lambda: other.step() or other.read), "the other's records")
        other.process.kill()
    write(address, topic, SMALL, 2)
    everything = {(partition, n) for partition in range(2) for n in range(100)}
    wait_until(stepping([member], lambda: {*member.read, *other.read} == everything), "all records")
    assert len(set(member.read)) == len(member.read)
    assert member.reader.partitions == {0, 1}
    member.reader.close()


def test_a_member_that_slept_yields_nothing_that_another_has_got(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [bytes(900_000)] * 40)
    with other_member(address, topic, group) as sleeper:
        wait_until(sleeper.step, "its first records")
        assert len(sleeper.read) < 20
        sleeper.process.send_signal(signal.SIGSTOP)
        before = list(sleeper.read)
        member = Member(address, topic, group)
        wait_until(stepping([member], lambda: (0, 39) in member.read), "the records of the sleeper")
        member.commit()
        # The first that it does when it wakes up is to read what it had fetched before.
        sleeper.ask()
        sleeper.process.send_signal(signal.SIGCONT)
        assert sleeper.answer() == []
        end = time.monotonic() + 3
        while time.monotonic() < end:
            member.step()
            sleeper.step()
        write(address, topic, [b"new"])
        wait_until(
            stepping([member], lambda: sleeper.step() or (0, 40) in member.read), "a new record"
        )
        assert sleeper.read in (before, [*before, (0, 40)])
        member.reader.close()


def test_after_a_long_silence_nothing_is_handed_out_before_the_group_has_confirmed_it(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    group: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [bytes(900_000)] * 40)
    member = Member(address, topic, group)
    wait_until(member.step, "the first records")
    assert len(member.read) < 20
    for module in (group_membership, group_commits):
        monkeypatch.setattr(module, "member_clock", lambda: member_clock() + 100)
    assert member.step(0.5) == []
    assert not member.reader.at_end
    wait_until(stepping([member], lambda: member.reader.at_end), "the end")
    assert member.read == [(0, n) for n in range(40)]
    assert member.revoked == []
    member.reader.close()


def test_a_member_that_cannot_take_records_stays_one(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [bytes(900_000)] * 20)
    member = Member(address, topic, group, properties={"max.poll.interval.ms": 6_000})
    wait_until(member.step, "the first records")
    end = time.monotonic() + 8

    def waited() -> bool:
        member.reader.keep_alive()
        return time.monotonic() > end

    wait_until(waited, "more than the time between two polls")
    assert (member.revoked, member.cluster.group_members(group)) == ([], 1)
    wait_until(stepping([member], lambda: (0, 19) in member.read), "all records")
    assert member.read == [(0, n) for n in range(20)]
    member.reader.close()


def test_a_member_that_is_silent_too_long_loses_its_partitions_and_comes_back(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    member = Member(address, topic, group, properties={"max.poll.interval.ms": 6_000})
    wait_until(lambda: len(member.step()) or len(member.read) == 100, "the records")
    wait_until(lambda: member.cluster.group_members(group) == 0, "the end of its membership")
    wait_until(stepping([member], lambda: member.revoked), "the loss")
    # What was not committed in time comes again.
    wait_until(stepping([member], lambda: len(member.read) == 200), "the records again")
    assert member.read == [(0, n) for n in range(100)] * 2
    wait_until(stepping([member], lambda: member.reader.trouble is None), "no trouble")
    member.reader.close()


def test_positions_are_kept_and_gone_on_from(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: len(member.read) == 100), "all records")
    member.done = {0: 30, 7: 3}
    member.commit()
    member.done = {}
    member.reader.close()
    member = Member(address, topic, group, "latest")
    wait_until(stepping([member], lambda: (0, 99) in member.read), "the rest")
    assert member.read == [(0, n) for n in range(30, 100)]
    assert member.reader.at_end
    member.reader.close()


def test_where_a_group_begins_is_settled_though_nothing_was_read(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    member = Member(address, topic, group, "latest")
    wait_until(stepping([member], lambda: member.reader.at_end), "the end")
    member.reader.close()
    write(address, topic, [b"new"])
    member = Member(address, topic, group, "latest")
    wait_until(stepping([member], lambda: member.read), "the new record")
    assert member.read == [(0, 100)]
    member.reader.close()


def test_a_standby_is_at_the_end_when_the_group_is(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    first = Member(address, topic, group)
    assert not first.reader.at_end
    wait_until(stepping([first], lambda: len(first.read) == 100), "all records")
    standby = Member(address, topic, group)
    wait_until(
        stepping([first, standby], lambda: standby.reader.lag() == 0), "the standby's joining"
    )
    assert standby.reader.partitions | first.reader.partitions == {0}
    idle, busy = sorted([first, standby], key=lambda member: len(member.reader.partitions))
    assert not idle.reader.at_end
    busy.reader.commit({0: 100})
    wait_until(stepping([first, standby], lambda: idle.reader.at_end), "the end")
    busy.reader.close()
    wait_until(stepping([idle], lambda: idle.reader.partitions == {0}), "the partition")
    idle.reader.close()


def test_partitions_that_are_added_are_shared_and_read_from_their_start(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    group: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_check, "METADATA_SECONDS", 0.2)
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    quick = {"topic.metadata.refresh.interval.ms": 500}
    member = Member(address, topic, group, "latest", quick)
    wait_until(stepping([member], lambda: member.reader.at_end), "the end")
    admin = AdminClient({"bootstrap.servers": address})
    admin.create_partitions([NewPartitions(topic, 3)])[topic].result(20)
    wait_until(lambda: js.connect(address).partitions(topic) == 3, "the partitions")
    write(address, topic, [b"new"] * 3, 3)
    wait_until(stepping([member], lambda: len(member.read) == 3), "the records")
    assert sorted(member.read) == [(0, 0), (1, 0), (2, 0)]
    assert (member.reader.partition_count, member.reader.lost) == (3, 0)
    member.reader.close()


def test_a_topic_that_is_deleted_and_made_again_is_read_from_its_start(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    group: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_check, "METADATA_SECONDS", 0.2)
    monkeypatch.setattr(topic_check, "CHECK_SECONDS", 0.2)
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    quick = {"topic.metadata.refresh.interval.ms": 500}
    member = Member(address, topic, group, "latest", quick)
    wait_until(stepping([member], lambda: member.reader.at_end), "the end")
    admin = AdminClient({"bootstrap.servers": address})
    admin.delete_topics([topic])[topic].result(20)
    wait_until(stepping([member], lambda: member.reader.trouble), "trouble")
    member.cluster.create_topic(topic, 1)
    write(address, topic, [b"new"] * 2)
    wait_until(stepping([member], lambda: len(member.read) == 2), "the new records")
    assert member.read == [(0, 0), (0, 1)]
    wait_until(stepping([member], lambda: member.reader.trouble is None), "no trouble")
    member.reader.close()


def test_records_that_retention_took_from_a_group_are_counted(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: len(member.read) == 100), "all records")
    member.done = {0: 40}
    member.reader.close()
    delete_before(address, topic, 75)
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: (0, 99) in member.read), "the rest")
    assert member.read == [(0, n) for n in range(75, 100)]
    assert (member.reader.lost, member.reader.restarted) == (35, 0)
    member.reader.close()


@pytest.fixture
def overtaken(kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str) -> Iterator[Member]:
    """A member that has read little of 300 records when retention takes all but ten."""
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, [bytes(2_000)] * 300)
    little = {"fetch.message.max.bytes": 1_000, "queued.max.messages.kbytes": 1}
    member = Member(address, topic, group, properties=little)
    wait_until(member.step, "the first records")
    delete_before(address, topic, 290)
    yield member
    member.reader.close()


def test_records_that_retention_takes_while_a_member_reads_are_counted(overtaken: Member) -> None:
    member = overtaken
    wait_until(stepping([member], lambda: (0, 299) in member.read), "the last record")
    assert member.reader.lost == 300 - len(member.read) > 0
    assert len(set(member.read)) == len(member.read)
    wait_until(stepping([member], lambda: member.reader.trouble is None), "no trouble")


def test_records_that_retention_takes_while_a_member_rests_do_not_stop_it(
    overtaken: Member,
) -> None:
    def rest() -> int:
        overtaken.step()
        overtaken.reader.keep_alive()
        return overtaken.reader.lost

    wait_until(rest, "the loss")
    wait_until(stepping([overtaken], lambda: (0, 299) in overtaken.read), "the last record")


def test_a_partition_that_comes_back_to_a_member_that_rested_is_read_on(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(2)
    write(address, topic, SMALL, 2)
    first = Member(address, topic, group)
    wait_until(stepping([first], lambda: len(first.read) == 100), "all records")
    second = Member(address, topic, group)

    def rest() -> bool:
        first.reader.keep_alive()
        second.step()
        return len(second.reader.partitions) == 1

    wait_until(rest, "a share of the other")
    first.reader.keep_alive()
    leave(second, [first])
    write(address, topic, SMALL, 2)
    wait_until(
        stepping([first], lambda: len({*first.read, *second.read}) == 200), "what was written later"
    )
    first.reader.close()


def test_a_position_behind_the_end_begins_anew_and_is_told(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, group: str
) -> None:
    address, topic = kafka_broker.bootstrap, kafka_topic(1)
    write(address, topic, SMALL)
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: len(member.read) == 100), "all records")
    member.done = {0: 1_000}
    member.reader.close()
    member = Member(address, topic, group)
    wait_until(stepping([member], lambda: (0, 99) in member.read), "all records again")
    assert (member.reader.lost, member.reader.restarted) == (0, 1)
    member.reader.close()


def test_what_could_not_be_committed_is_committed_when_the_broker_is_back(
    private_broker: LocalBroker, group: str
) -> None:
    address = private_broker.start().bootstrap
    js.connect(address).create_topic("away", 1)
    write(address, "away", SMALL)
    member = Member(address, "away", group)
    wait_until(stepping([member], lambda: len(member.read) == 100), "all records")
    private_broker.stop()
    member.commit()
    wait_until(stepping([member], lambda: member.reader.trouble), "trouble")
    assert "no answer" in (member.reader.trouble or "")
    private_broker.start()
    wait_until(stepping([member], lambda: member.reader.trouble is None), "no trouble")
    standby = Member(address, "away", group)
    wait_until(
        stepping([member, standby], lambda: member.reader.at_end and standby.reader.at_end),
        "the committed end",
    )
    standby.reader.close()
    private_broker.stop()
    wait_until(stepping([member], lambda: member.reader.trouble), "trouble again")
    start = time.monotonic()
    member.reader.close()
    assert time.monotonic() - start < 3
