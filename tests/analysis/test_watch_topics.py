"""Watches on several topics, and on patterns of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.analysis.topic_feed import TopicFeed
from tests.analysis.records import DEADLINE, write_json
from tests.spectra import upload_spectra
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_several_topics_are_watched_together(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    numbers, files = kafka_topic(), kafka_topic(3)
    upload_spectra(cluster, files, tmp_path, 4)
    write_json(cluster, numbers, 1, 2, 3)
    with js.watch(numbers, files, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=7)
        assert watch.topics == (numbers, files)
        assert watch.topic == numbers
        assert {result.topic for result in watch.results} == {numbers, files}
        wait_until(lambda: watch.stats.records == 7 and watch.stats.lag == 0, "all numbers")
        assert [job.id for job in js.list_jobs()].count(watch.id) == 1
        assert not any(topic in job.id for job in js.list_jobs() for topic in (numbers, files))


def test_a_pattern_takes_topics_that_come_later_and_lets_go_of_deleted_ones(
    cluster: js.Cluster, kafka_broker: RunningBroker
) -> None:
    stem = f"scan-{uuid4().hex[:8]}"
    cluster.create_topic(f"{stem}-1", 1)
    write_json(cluster, f"{stem}-1", 1)
    with js.watch(f"{stem}-*", start="latest", plot=None, cluster=cluster) as watch:
        assert list(watch.topics) == [f"{stem}-1"]
        cluster.create_topic(f"{stem}-2", 1)
        write_json(cluster, f"{stem}-2", 2)
        assert watch.wait(DEADLINE, n=1)
        # All of a topic that was born meanwhile is new, and nothing of the first one is.
        assert [result.value for result in watch.results] == [2]
        assert list(watch.topics) == [f"{stem}-1", f"{stem}-2"]
        admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
        admin.delete_topics([f"{stem}-2"])[f"{stem}-2"].result(DEADLINE)
        wait_until(lambda: list(watch.topics) == [f"{stem}-1"], "the end of the deleted topic")
        wait_until(lambda: watch.stats.records == 1 and watch.trouble is None, "its record to stay")


def test_a_topic_that_cannot_be_opened_hinders_no_other(
    cluster: js.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    stem = f"scan-{uuid4().hex[:8]}"
    locked, opened = {f"{stem}-1", f"{stem}-3"}, TopicFeed.__init__

    def guarded(feed: Any, watch: Any, at: Any, plan: Any, inbox: Any) -> None:
        if plan.topic in locked:
            raise js.StreamError("no right to read it")
        opened(feed, watch, at, plan, inbox)

    monkeypatch.setattr(TopicFeed, "__init__", guarded)
    for number in (1, 2):
        cluster.create_topic(f"{stem}-{number}", 1)
    write_json(cluster, f"{stem}-1", 1)
    with js.watch(f"{stem}-*", start="latest", plot=None, cluster=cluster) as watch:
        assert watch.topics == (f"{stem}-2",)
        for number in (3, 4):
            cluster.create_topic(f"{stem}-{number}", 1)
        write_json(cluster, f"{stem}-3", 3)
        wait_until(lambda: len(watch.topics) == 2, "the topic that comes later")
        told = [f"{stem}-{number}: no right to read it" for number in (1, 3)]
        wait_until(lambda: watch.trouble == "; ".join(told), "what is told of the others")
        locked.clear()
        # It was there before the watch, and only what comes from now on was asked for.
        wait_until(lambda: len(watch.topics) == 4, "all topics")
        write_json(cluster, f"{stem}-1", 11)
        assert watch.wait(DEADLINE, n=2)
        assert sorted(result.value for result in watch.results) == [3, 11]
        wait_until(lambda: watch.trouble is None, "the end of the trouble")


def test_topics_of_which_none_can_be_opened_are_no_watch(
    cluster: js.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    stem = f"scan-{uuid4().hex[:8]}"
    cluster.create_topic(f"{stem}-1", 1)

    def refused(*_: Any) -> None:
        raise js.StreamError("no right to read it")

    monkeypatch.setattr(TopicFeed, "__init__", refused)
    with pytest.raises(js.StreamError, match="no right to read it"):
        js.watch(f"{stem}-*", plot=None, cluster=cluster)


def test_a_pattern_that_nothing_is_like_raises_or_waits(cluster: js.Cluster) -> None:
    stem = f"late-{uuid4().hex[:8]}"
    with pytest.raises(js.TopicNotFound, match=rf"no topic like {stem}-\?.*wait_for_topic=True"):
        js.watch(f"{stem}-?", cluster=cluster)
    with js.watch(f"{stem}-?", wait_for_topic=True, plot=None, cluster=cluster) as watch:
        assert watch.state == "waiting"
        assert watch.reason is not None
        assert f"no topic like {stem}-?" in watch.reason
        cluster.create_topic(f"{stem}-1", 1)
        write_json(cluster, f"{stem}-1", 5)
        assert watch.wait(DEADLINE, n=1)
        wait_until(lambda: watch.state == "running", "the watch to run")


def test_more_topics_than_a_watch_reads_are_told(
    cluster: js.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.feeds.MOST_TOPICS", 2)
    stem = f"many-{uuid4().hex[:8]}"
    for number in range(4):
        cluster.create_topic(f"{stem}-{number}", 1)
    wait_until(lambda: sum(it.startswith(stem) for it in cluster.topics()) == 4, "the topics")
    with js.watch(f"{stem}-*", cluster=cluster) as watch:
        assert len(watch.topics) == 2
        wait_until(lambda: watch.trouble, "the trouble")
        assert watch.trouble == "2 topics are left out: a watch reads 2 at most"


def test_one_of_several_topics_that_is_not_there_is_named(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    there, missing = kafka_topic(), f"missing-{uuid4().hex[:8]}"
    with pytest.raises(js.TopicNotFound, match=f"no topic '{missing}'"):
        js.watch(there, missing, cluster=cluster)
    write_json(cluster, there, 1)
    with js.watch(there, missing, wait_for_topic=True, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=1)
        assert watch.state == "running"
        wait_until(lambda: watch.trouble, "what is told of the missing topic")
        assert str(watch.trouble).startswith(f"{missing}: there is no topic")
        cluster.create_topic(missing, 1)
        write_json(cluster, missing, 2)
        assert watch.wait(DEADLINE, n=2)
        wait_until(lambda: watch.trouble is None, "the end of the trouble")


@pytest.mark.parametrize("topics", [(), ("",), (5,)])
def test_no_topic_is_a_mistake(cluster: js.Cluster, topics: tuple[Any, ...]) -> None:
    with pytest.raises(js.UsageMistake, match="give the name of a topic"):
        js.watch(*topics, cluster=cluster)
