"""Watching topics of a real broker: what arrives, and what goes wrong."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewPartitions

import jupyter_stream as js
from jupyter_stream.files.uploading.split import split
from jupyter_stream.formats.chunk import chunk_key, is_chunk, pack_chunk
from jupyter_stream.formats.decoding import examine
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.testing.hostile import hostile_messages
from jupyter_stream.testing.kafka import kill_broker
from tests.files.receiving.writing import write_records
from tests.spectra import upload_spectra, write_spectra
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

DEADLINE = 30.0


def write_values(cluster: js.Cluster, topic: str, values: list[tuple[bytes, bytes]]) -> None:
    """Write records, also large ones, and wait until the broker has them."""
    write_records(cluster, topic, [(0, key, value) for key, value in values])


def test_files_are_reconstructed_and_analysed(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(3)
    paths = upload_spectra(cluster, topic, tmp_path, 5)
    with js.watch(
        topic, apply=lambda file: float(np.frombuffer(file.data, offset=128)[0])
    ) as watch:
        assert watch.wait_for_files(5, DEADLINE)
        assert {file.name: bytes(file.data) for file in watch.files} == {
            path.name: path.read_bytes() for path in paths
        }
        assert watch.latest in {0.0, 1.0, 2.0, 3.0, 4.0}
        assert (watch.stats.files, watch.stats.skipped, watch.stats.errors) == (5, 0, 0)
        wait_until(lambda: watch.stats.lag == 0, "no lag")


def test_the_function_gets_the_bytes_without_a_copy(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 1)
    seen: list[memoryview] = []
    with js.watch(topic, apply=lambda file: seen.append(file.data)) as watch:
        assert watch.wait_for_files(1, DEADLINE)
        (file,) = watch.files
    assert np.shares_memory(np.frombuffer(seen[0], "u1"), np.frombuffer(file.data, "u1"))


def test_spectra_are_read_without_a_function(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 3)
    with js.watch(topic, plot="spectrum") as watch:
        assert watch.wait_for_files(3, DEADLINE)
        assert watch.plot is not None
        header, columns = watch.plot.since(0)[1:]
    assert [columns[one["y"]][0] for one in header["spectra"]] == [0.0, 1.0, 2.0]
    assert header["label"] == watch.latest.label == "spectrum_0002.npy"


def test_latest_leaves_out_what_is_there_and_misses_nothing_after(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(3)
    upload_spectra(cluster, topic, tmp_path, 3)
    with js.watch(topic, start="latest") as watch:
        upload_spectra(cluster, topic, tmp_path, 3, first=3)
        assert watch.wait_for_files(3, DEADLINE)
        names = {file.name for file in watch.files}
    assert names == {f"spectrum_{number:04}.npy" for number in (3, 4, 5)}


def test_a_missing_topic_is_named_with_its_nearest(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    with pytest.raises(js.TopicNotFound, match=rf"did you mean.*{topic}.*; to wait for it.*--wait"):
        js.watch(topic[:-1], cluster=cluster)


def test_a_watch_waits_for_its_topic_when_asked(
    cluster: js.Cluster, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    topic = f"born-later-{request.node.name[:20]}"
    with js.watch(topic, wait_for_topic=True, start="latest", cluster=cluster) as watch:
        assert watch.state == "waiting"
        assert watch.reason is not None
        assert f"no topic '{topic}'" in watch.reason
        upload_spectra(cluster, topic, tmp_path, 2)
        assert watch.wait_for_files(2, DEADLINE)
        assert watch.state == "running"


def test_hostile_messages_are_skipped_and_the_stream_goes_on(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    hostile = [(record.key or b"", record.value or b"") for record in hostile_messages()]
    write_values(cluster, topic, hostile)
    upload_spectra(cluster, topic, tmp_path, 1)
    with js.watch(topic) as watch:
        assert watch.wait_for_files(1, DEADLINE)
        assert [file.name for file in watch.files] == ["spectrum_0000.npy"]
        wait_until(lambda: watch.stats.records == len(hostile) + 1, "all records")
        whole = [value for _, value in hostile if not is_chunk(value)]
        good = [value for value in whole if examine(value).error is None]
        wait_until(lambda: watch.stats.results == len(good) + 1, "what is no chunk, and the file")
        assert watch.stats.skipped == len(hostile) - len(good)
        assert f"{topic} [0] offset " in watch.problems[0].detail


def test_a_chunk_with_a_wrong_hash_is_skipped_and_a_good_one_completes_the_file(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    (path,) = write_spectra(tmp_path, 1)
    (chunk,) = split(path, tmp_path)
    good = pack_chunk(chunk)
    position = good.index(b"NUMPY")
    bad = good[:position] + b"numpy" + good[position + 5 :]
    with js.watch(topic, cluster=cluster) as watch:
        write_values(cluster, topic, [(chunk_key(chunk), bad)])
        wait_until(lambda: watch.stats.skipped == 1, "the bad chunk")
        assert "do not match their hash" in watch.problems[0].detail
        assert not watch.files
        write_values(cluster, topic, [(chunk_key(chunk), good)])
        assert watch.wait_for_files(1, DEADLINE)
        assert [bytes(file.data) for file in watch.files] == [path.read_bytes()]


def test_a_function_that_raises_is_shown_and_the_stream_goes_on(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    def fussy(file: js.ReceivedFile) -> Any:
        if "0001" in file.name:
            raise ValueError("I do not like this one")
        return file.name

    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 3)
    with js.watch(topic, apply=fussy) as watch:
        assert watch.wait_for_files(3, DEADLINE)
        assert watch.stats.errors == 1
        assert watch.latest == "spectrum_0002.npy"
        (problem,) = watch.problems
    assert problem.title == "ValueError in the analysis"
    assert problem.detail.startswith("spectrum_0001.npy (")
    assert "I do not like this one" in problem.detail
    assert 'if "0001" in file.name' in problem.detail or "in fussy" in problem.detail
    assert "analysis/worker.py" not in problem.detail


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt()])
def test_a_function_that_wants_to_exit_is_shown_and_the_stream_goes_on(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, error: BaseException
) -> None:
    def exits(_: js.ReceivedFile) -> None:
        raise error

    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 2)
    with js.watch(topic, apply=exits, cluster=cluster) as watch:
        assert watch.wait_for_files(2, DEADLINE)
        assert watch.stats.errors == 2
        assert type(error).__name__ in watch.problems[0].title


def test_stopping_does_not_wait_for_the_rest_of_a_backlog(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 30)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: js.ReceivedFile) -> None:
        begun.set()
        go_on.wait(DEADLINE)

    watch = js.watch(topic, apply=slow, cluster=cluster)
    assert begun.wait(DEADLINE)
    watch.ask_to_stop()
    go_on.set()
    watch.stop()
    assert watch.stats.files == 1


def test_a_file_that_never_becomes_complete_is_told(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.watching.IDLE_FILE_SECONDS", 0.0)
    topic = kafka_topic()
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(1_200_000))
    first, *_ = split(path, tmp_path)
    write_values(cluster, topic, [(chunk_key(first), pack_chunk(first))])
    with js.watch(topic, cluster=cluster) as watch:
        wait_until(lambda: watch.problems, "the report")
        assert watch.problems[0].title == "A file never became complete"
        assert "large.bin: 1 of 3 chunks came; missing 2, 3" in watch.problems[0].detail


def test_a_replaced_watch_lets_its_files_go(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 1)
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.wait_for_files(1, DEADLINE)
    assert len(watch.files) == 1
    watch.release()
    assert not watch.files
    assert watch.latest is None


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"plot": "bar"}, "plot='bar' is not offered"),
        ({"start": "erliest"}, "'erliest' is no place to start at"),
        ({"apply": "read_spectrum"}, "apply='read_spectrum' is no function"),
    ],
)
def test_a_value_that_is_not_offered_is_refused(
    cluster: js.Cluster, options: dict[str, Any], text: str
) -> None:
    with pytest.raises(js.UsageMistake, match=text):
        js.watch("topic", cluster=cluster, **options)


def test_a_result_that_is_no_spectrum_says_what_it_was(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 1)
    with js.watch(topic, plot="spectrum", apply=lambda _: "text") as watch:
        assert watch.wait_for_files(1, DEADLINE)
        assert "holds no real numbers but str" in watch.problems[0].detail
        assert "Traceback" not in watch.problems[0].detail


def test_many_chunks_of_many_files_over_many_partitions(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(4)
    contents = {f"large_{n}.bin": np.random.default_rng(n).bytes(2_000_003) for n in range(4)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    with js.upload(tmp_path, topic, cluster=cluster) as upload:
        assert upload.wait(DEADLINE)
        assert (upload.stats.files, upload.stats.records) == (4, 16)
    with js.watch(topic) as watch:
        assert watch.wait_for_files(4, DEADLINE)
        assert {file.name: bytes(file.data) for file in watch.files} == contents


def test_a_stopped_watch_leaves_no_thread(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic()
    before = threading.active_count()
    watch = js.watch(topic, cluster=cluster)
    assert threading.active_count() > before
    watch.stop()
    assert watch.state == "finished"
    wait_until(lambda: threading.active_count() == before, "no thread left")


def test_the_broker_stops_dies_and_returns_while_a_watch_runs(
    private_broker: LocalBroker, tmp_path: Path
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    upload_spectra(cluster, "spectra", tmp_path, 1)
    with js.watch("spectra", cluster=cluster) as watch:
        assert watch.wait_for_files(1, DEADLINE)
        private_broker.stop()
        wait_until(lambda: watch.trouble, "trouble on the card")
        assert watch.trouble is not None
        assert "no answer from 127.0.0.1" in watch.trouble
        assert watch.state == "running"
        running = private_broker.start()
        upload_spectra(cluster, "spectra", tmp_path, 2, first=1)
        assert watch.wait_for_files(3, DEADLINE)
        wait_until(lambda: watch.trouble is None, "the end of the trouble")
        kill_broker(running)
        wait_until(lambda: watch.trouble, "trouble again")
        private_broker.start()
        upload_spectra(cluster, "spectra", tmp_path, 2, first=3)
        assert watch.wait_for_files(5, DEADLINE)
        assert [file.name for file in watch.files].count("spectrum_0000.npy") == 1


def test_records_that_retention_deleted_are_told(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.inbox.MOST_ITEMS", 1)
    # A client that fetches little ahead falls behind what is deleted.
    little = {"queued.min.messages": 1, "fetch.message.max.bytes": 1000}
    profile = replace(Profile.from_bootstrap(kafka_broker.bootstrap), consumer=little)
    cluster = js.Cluster(profile)
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 5)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: js.ReceivedFile) -> None:
        begun.set()
        go_on.wait(DEADLINE)

    with js.watch(topic, apply=slow, cluster=cluster) as watch:
        assert begun.wait(DEADLINE)
        for first in range(5, 60, 5):
            upload_spectra(cluster, topic, tmp_path, 5, first=first)
        admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
        (deleted,) = admin.delete_records([TopicPartition(topic, 0, 50)]).values()
        deleted.result(DEADLINE)
        go_on.set()
        wait_until(lambda: watch.stats.lost, "the loss")
        wait_until(lambda: watch.stats.records + watch.stats.lost == 60, "the end of the topic")
        assert watch.stats.records >= 15
        assert watch.problems[0].title == "Records were deleted before they were read"


def test_partitions_that_are_added_later_are_read(
    cluster: js.Cluster, kafka_topic: MakeTopic, kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    topic = kafka_topic(1)
    with js.watch(topic, start="latest", cluster=cluster) as watch:
        admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
        admin.create_partitions([NewPartitions(topic, 8)])[topic].result(DEADLINE)
        upload_spectra(cluster, topic, tmp_path, 20)
        assert watch.wait_for_files(20, DEADLINE)
        assert len({file.partition for file in watch.files}) > 1
