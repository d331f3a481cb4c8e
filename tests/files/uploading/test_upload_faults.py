"""Files that change while they are sent, odd names, and topics that refuse."""

from __future__ import annotations

import os
import time
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewPartitions

import jupyter_stream as js
from jupyter_stream.files.uploading import survey as survey_module
from jupyter_stream.files.uploading import topic_facts, upload_job
from jupyter_stream.files.uploading.split import chunks
from tests.files.uploading.uploading import chunks_on, paths_on, problem, upload_once, write
from tests.spectra import DEADLINE
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jupyter_stream.files.uploading.survey import Survey
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

FIRST = b"1" * 1_200_000


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


def received(cluster: js.Cluster, topic: str, count: int) -> dict[str, bytes]:
    """Return the newest version of each file of a topic, by its path."""
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.wait_for_files(count, DEADLINE)
        return {file.path: bytes(file.data) for file in watch.files}


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"2" * 100_000)


def shrink(path: Path) -> None:
    os.truncate(path, 600_000)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def replace(path: Path) -> None:
    other = path.with_suffix(".tmp")
    other.write_bytes(b"3" * 1_200_000)
    other.replace(path)


@pytest.mark.parametrize("change", [grow, shrink, empty, replace])
@pytest.mark.parametrize("watch", [True, False])
def test_a_file_that_changes_while_it_is_sent_arrives_as_it_is_at_last(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    watch: bool,
) -> None:
    topic = kafka_topic()
    path = tmp_path / "a.dat"
    path.write_bytes(FIRST)
    todo = [change]

    def changing(surveyed: Survey) -> Iterator[Chunk]:
        for chunk in chunks(surveyed):
            yield chunk
            if todo:
                todo.pop()(path)

    monkeypatch.setattr(survey_module, "KEPT_BYTES", 1000)
    monkeypatch.setattr(upload_job, "chunks", changing)
    with js.upload(tmp_path, topic, watch=watch, settle_seconds=0.2, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the last version stored")
        wait_until(lambda: job.stats.content_bytes == path.stat().st_size, "the bytes counted")
        assert job.stats.content_bytes_total == path.stat().st_size
    assert received(cluster, topic, 1) == {"a.dat": path.read_bytes()}


def test_a_file_that_is_renamed_while_it_is_sent_arrives_under_its_new_name(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = kafka_topic()
    path = tmp_path / "a.dat"
    path.write_bytes(FIRST)

    def renaming(surveyed: Survey) -> Iterator[Chunk]:
        for chunk in chunks(surveyed):
            yield chunk
            if path.exists():
                path.rename(tmp_path / "b.dat")

    monkeypatch.setattr(survey_module, "KEPT_BYTES", 1000)
    monkeypatch.setattr(upload_job, "chunks", renaming)
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0.2, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        assert (job.stats.files_total, job.stats.errors) == (1, 0)
        assert problem(job, "A file changed or vanished").detail
    assert received(cluster, topic, 1) == {"b.dat": FIRST}


def test_a_file_that_is_deleted_is_not_waited_for(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(FIRST)

    def deleting(surveyed: Survey) -> Iterator[Chunk]:
        path.unlink(missing_ok=True)
        return chunks(surveyed)

    monkeypatch.setattr(survey_module, "KEPT_BYTES", 1000)
    monkeypatch.setattr(upload_job, "chunks", deleting)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.problems, "the deletion")
        wait_until(lambda: job.stats.files_total == 0, "nothing left to do")
    assert (job.state, job.stats.errors) == ("finished", 0)


@pytest.mark.parametrize("other", ["a file", "a directory"])
def test_a_file_whose_place_is_taken_by_something_else_is_not_tried_for_ever(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    other: str,
) -> None:
    path = tmp_path / "sub" / "a.dat"
    write(tmp_path, {"sub/a.dat": FIRST})

    def replacing(surveyed: Survey) -> Iterator[Chunk]:
        if surveyed.file == path and path.is_file():
            path.unlink()
            if other == "a directory":
                path.mkdir()
            else:
                path.parent.rmdir()
                path.parent.write_bytes(b"other")
        return chunks(surveyed)

    monkeypatch.setattr(survey_module, "KEPT_BYTES", 1000)
    monkeypatch.setattr(upload_job, "chunks", replacing)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: "changed or vanished" in str(job.problems), "the news")
        wait_until(lambda: not job.stats.unfinished, "nothing left to do")
        assert job.stats.errors == 0


def test_odd_names_arrive_and_impossible_ones_are_told(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(3)
    composed = "Größe é.dat"
    good = {
        composed: b"1",
        unicodedata.normalize("NFD", composed): b"2",
        "two  spaces 'and' quotes.dat": b"3",
        "/".join([*["deep"] * 100, "a.dat"]): b"4",
        "测量 \N{MICROSCOPE}.dat": b"5",
        "catalog.csv": b"6",
        "Case.dat": b"7",
        "case.dat": b"8",
        "100%_{x}.dat": b"9",
    }
    bad = ["new\nline.dat", "con", "end.", 'with"', os.fsdecode(b"not \xff utf8.dat"), "a\\b"]
    write(tmp_path, {**good, **dict.fromkeys(bad, b"0")})
    job = upload_once(tmp_path, topic, cluster)
    refused = problem(job, "A file could not be uploaded")
    assert (job.state, job.stats.files) == ("failed", len(good) + len(bad) - refused.count)
    assert refused.count >= 5
    assert {
        path: data
        for path, data in received(cluster, topic, job.stats.files).items()
        if path in good
    } == good


def test_links_are_followed_inside_the_directory(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, {"root/real/a.dat": b"1", "outside.dat": b"2"})
    (tmp_path / "root" / "link.dat").symlink_to("real/a.dat")
    (tmp_path / "root" / "out.dat").symlink_to(tmp_path / "outside.dat")
    job = upload_once(tmp_path / "root", topic, cluster)
    assert paths_on(cluster, topic) == ["link.dat", "real/a.dat"]
    assert problem(job, "A file was left out: is a link out of here")


def test_chunks_fit_what_the_topic_takes(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(config={"max.message.bytes": "100000"})
    content = os.urandom(3_000_000)
    write(tmp_path, {f"{'long name ' * 20}.dat": content, "empty.dat": b""})
    job = upload_once(tmp_path, topic, cluster)
    assert (job.state, job.stats.files, job.stats.errors) == ("finished", 2, 0)
    told = problem(job, "Chunks are smaller than asked for")
    assert (told.count, "max.message.bytes is 100000" in told.detail) == (1, True)
    assert content in received(cluster, topic, 2).values()


def test_a_topic_whose_limit_is_not_known_gets_smaller_and_smaller_chunks(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = kafka_topic(config={"max.message.bytes": "100000"})
    # As on a cluster where the user has no right to see the topic's settings.
    monkeypatch.setattr(js.Cluster, "record_limit", lambda _cluster, _topic: None)
    content = os.urandom(3_000_000)
    write(tmp_path, {"a.dat": content})
    job = upload_once(tmp_path, topic, cluster)
    assert (job.state, job.stats.files, job.stats.errors) == ("finished", 1, 0)
    assert problem(job, "Chunks are smaller than asked for").count == 3
    assert job.stats.content_bytes == len(content)
    assert max(len(chunk.data) for chunk in chunks_on(cluster, topic)) == 524_288 // 8


def test_partitions_that_are_added_are_written_to_without_a_failure(
    cluster: js.Cluster,
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_facts, "ASK_SECONDS", 0.2)
    topic = kafka_topic()
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        write(tmp_path, {"first.dat": b"1"})
        wait_until(lambda: job.stats.files == 1, "the first file stored")
        admin.create_partitions([NewPartitions(topic, 4)])[topic].result(DEADLINE)
        wait_until(lambda: job._delivery._facts.partitions == 4, "the news of the topic")
        write(tmp_path, {f"{number}.dat": b"2" for number in range(20)})
        wait_until(lambda: job.stats.files == 21, "all files stored")
        assert (job.stats.errors, job.problems) == (0, ())
    assert len(paths_on(cluster, topic)) == 21


def test_the_user_chooses_the_chunk_size(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, {"a.dat": bytes(2500)})
    upload_once(tmp_path, topic, cluster, chunk_size=1000)
    assert [len(chunk.data) for chunk in chunks_on(cluster, topic)] == [1000, 1000, 500]
    with pytest.raises(js.UsageMistake, match="chunk_size"):
        js.upload(tmp_path, topic, chunk_size=0, cluster=cluster)
    with pytest.raises(js.UsageMistake, match="settle_seconds"):
        js.upload(tmp_path, topic, settle_seconds=-1, cluster=cluster)


def test_a_writer_that_is_dead_is_replaced_and_nothing_is_lost(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        write(tmp_path, {"a.dat": b"1"})
        wait_until(lambda: job.stats.files == 1, "a file stored")
        writer = job._delivery._writer
        # What the writer says after an error that librdkafka calls fatal.
        writer.dead = True
        write(tmp_path, {f"{number}.dat": b"2" for number in range(50)})
        wait_until(lambda: job.stats.files == 51, "all files stored")
        assert job._delivery._writer is not writer
    assert len(set(paths_on(cluster, topic))) == 51


def test_a_stop_during_hashing_takes_effect_at_once(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashing: list[int] = []

    def digests(block: bytes, chunk_size: int) -> Any:
        hashing.append(len(block))
        return original(block, chunk_size)

    original = survey_module._digests
    monkeypatch.setattr(survey_module, "_digests", digests)
    with (tmp_path / "large.dat").open("wb") as file:
        file.truncate(4 * 2**30)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: hashing, "the hashing")
        job.pause()
        wait_until(lambda: job.state == "paused", "the pause", 2.0)
        wait_until(Rest(hashing), "the hashing rests")
        job.resume()
        before = len(hashing)
        wait_until(lambda: len(hashing) > before, "the hashing goes on")
        begun = time.monotonic()
        job.stop()
        assert time.monotonic() - begun < 1.0
    assert job.state == "finished"
    assert "large.dat" in problem(job, "Stopped before everything").detail


class Rest:
    """Says whether something has not grown for a number of looks."""

    def __init__(self, growing: list[int]) -> None:
        self._growing = growing
        self._lengths: list[int] = []

    def __call__(self) -> bool:
        self._lengths = [*self._lengths, len(self._growing)][-10:]
        return len(self._lengths) == 10 and len(set(self._lengths)) == 1
