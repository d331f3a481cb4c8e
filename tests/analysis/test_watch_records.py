"""Watches on records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np
import pytest
from confluent_kafka import Producer

import jupyter_stream as js
from jupyter_stream.testing.chunks import chunks_of
from tests.analysis.records import DEADLINE, write_json, write_values
from tests.files.receiving.writing import write_chunks, write_files
from tests.formats.test_decoding import npy, packed
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_records_of_every_format_are_results_in_their_order(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    array = np.arange(4.0)
    values = [npy(array), packed(array), b'{"a": 1}', b"12.5", b"text", b"\xff\xfe", b"\x80"]
    write_values(cluster, topic, values)
    with js.watch(topic, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=7)
        first, second, *others = [result.value for result in watch.results]
        np.testing.assert_array_equal(first, array)
        np.testing.assert_array_equal(second, array)
        assert others == [{"a": 1}, 12.5, "text", b"\xff\xfe", {}]
        assert [result.offset for result in watch.results] == list(range(7))
        assert watch.results[3].name == f"{topic} [0] 3"
        assert watch.latest == {}
        wait_until(lambda: watch.stats.results == 7, "the count on the card")
        assert (watch.stats.records, watch.stats.files, watch.stats.errors) == (7, 0, 0)


def test_a_function_gets_the_whole_record(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    producer = Producer({"bootstrap.servers": cluster.bootstrap})
    producer.produce(
        topic,
        b"[1, 2]",
        b"key",
        headers=[("unit", b"mm"), ("none", None)],
        timestamp=1_700_000_000_250,
    )
    producer.flush(DEADLINE)
    seen: list[js.ReceivedRecord] = []
    with js.watch(topic, apply=seen.append, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=1)
    (record,) = seen
    assert (record.topic, record.partition, record.offset) == (topic, 0, 0)
    assert (record.key, record.data, record.value, record.format) == (
        b"key",
        b"[1, 2]",
        [1, 2],
        "json",
    )
    assert record.headers == (("unit", b"mm"), ("none", None))
    assert record.timestamp == 1_700_000_000.25
    assert repr(record) == f"<ReceivedRecord {topic} [0] 0: 6 bytes, json>"


def test_files_and_records_on_one_topic_are_told_apart(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_json(cluster, topic, 1)
    write_files(cluster, topic, {"a.txt": b"1 2\n3 4\n"}, chunk_size=3)
    # Ten fields, as a chunk has them, and yet no chunk.
    write_values(cluster, topic, [msgpack.packb(list(range(10)))])
    with js.watch(
        topic, apply=lambda item: type(item).__name__, plot=None, cluster=cluster
    ) as watch:
        assert watch.wait(DEADLINE, n=3)
        kinds = sorted(result.value for result in watch.results)
        assert kinds == ["ReceivedFile", "ReceivedRecord", "ReceivedRecord"]
        assert [file.path for file in watch.files] == ["a.txt"]
        wait_until(lambda: watch.stats.files == 1, "the count of files")


def test_a_record_that_cannot_be_decoded_is_shown_and_the_stream_goes_on(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    good = npy(np.arange(3.0))
    write_values(cluster, topic, [good[:-1], good])
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=1)
        wait_until(lambda: watch.stats.skipped == 1, "the count of the bad record")
        (error,) = watch.errors
        assert isinstance(error.error, js.Undecodable)
        assert isinstance(error.item, js.ReceivedRecord)
        assert error.item.data == good[:-1]
        assert error.item.format == "npy"
        (problem,) = watch.problems
        assert problem.title == "Record skipped: Undecodable"
        assert f"{topic} [0] offset 0" in problem.detail
        assert "the .npy is cut off" in problem.detail


def test_files_in_progress_are_seen(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    with js.watch(topic, cluster=cluster) as watch:
        chunks = list(chunks_of(bytes(10_000), "large.bin", chunk_size=1000))
        write_chunks(cluster, topic, chunks[:4])
        shown = [("large.bin", 4000, 10_000)]
        wait_until(lambda: [one[:3] for one in watch.files_in_progress] == shown, "four chunks")
        write_chunks(cluster, topic, chunks[4:])
        assert watch.wait(DEADLINE, n=1)
        wait_until(lambda: watch.files_in_progress == (), "the end of the file")


def test_auto_chooses_by_the_first_results_and_says_so(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.plot is None
        assert watch.plot_choice is None
        write_json(cluster, topic, {"temperature": 20.5, "pressure": 3})
        wait_until(lambda: watch.plot is not None, "the plot")
        assert watch.plot is not None
        assert watch.plot.kind == "series"
        assert str(watch.plot_choice).startswith("series: results are dicts with numbers")


@pytest.mark.parametrize("kind", ["spectrum", "waterfall", "image", "series", "table"])
def test_every_kind_of_plot_takes_records(
    cluster: js.Cluster, kafka_topic: MakeTopic, kind: Any
) -> None:
    value = {"image": np.ones((8, 9)), "series": 2.5}.get(kind, np.arange(9.0))
    topic = kafka_topic()
    write_values(cluster, topic, [packed(value)] * 3)
    with js.watch(topic, plot=kind, last=2, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=3)
        plot = watch.plot
        assert plot is not None
        assert watch.plot_choice is None
        # Results are there a moment before they are on the plot.
        wait_until(lambda: plot.since(0).header["total"] == 3, "all on the plot")
        state = plot.since(0)
        assert (state.header["kind"], state.header["total"]) == (kind, 3)
        assert not watch.errors


def test_what_the_plot_shows_is_exported(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    with js.watch(topic, cluster=cluster) as watch:
        with pytest.raises(js.UsageMistake, match="no plot yet"):
            watch.export(tmp_path / "data.csv")
        write_json(cluster, topic, 1.5, 2.5)
        wait_until(lambda: watch.plot and watch.plot.since(0).header["total"], "the plot")
        watch.export(tmp_path / "data.csv")
    assert topic in (tmp_path / "data.csv").read_text()


def test_the_broker_goes_and_returns_while_records_are_watched(
    private_broker: LocalBroker,
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    for topic in ("one", "two"):
        cluster.create_topic(topic, 1)
    with js.watch("one", "t*", plot=None, cluster=cluster) as watch:
        write_json(cluster, "one", 1)
        assert watch.wait(DEADLINE, n=1)
        private_broker.stop()
        wait_until(lambda: "no answer from 127.0.0.1" in (watch.trouble or ""), "the trouble")
        assert watch.state == "running"
        private_broker.start()
        write_json(cluster, "two", 2)
        assert watch.wait(DEADLINE, n=2)
        wait_until(lambda: watch.trouble is None, "the end of the trouble")
        assert [result.value for result in watch.results] == [1, 2]


def test_an_empty_record_is_nothing(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    producer = Producer({"bootstrap.servers": cluster.bootstrap})
    producer.produce(topic, None, b"gone")
    producer.produce(topic, json.dumps(1))
    producer.flush(DEADLINE)
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=2)
        assert [result.value for result in watch.results] == [None, 1]
        assert watch.plot is not None
        assert watch.plot.since(0).header["total"] == 1
