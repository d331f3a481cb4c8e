"""Uploading to a real broker, and what may go wrong."""

from __future__ import annotations

import errno
import os
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
)

import jupyter_stream as js
from jupyter_stream.files.uploading import read_ahead, retries, topic_facts, upload_job
from jupyter_stream.files.uploading.split import chunks
from jupyter_stream.files.uploading.survey import Survey, survey
from jupyter_stream.files.uploading.upload_options import UploadOptions
from tests.files.uploading.uploading import paths_on, write
from tests.spectra import DEADLINE, write_spectra
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


@pytest.fixture
def admin(kafka_broker: RunningBroker) -> AdminClient:
    """A client that changes topics."""
    return AdminClient({"bootstrap.servers": kafka_broker.bootstrap})


def let_larger_records_in(admin: AdminClient, topic: str) -> None:
    """Raise the largest size of a topic's records."""
    entry = ConfigEntry("max.message.bytes", "1048588", incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic, incremental_configs=[entry])
    admin.incremental_alter_configs([resource])[resource].result(DEADLINE)


def received(cluster: js.Cluster, topic: str, count: int) -> dict[str, bytes]:
    """Return the first files of a topic by their paths."""
    with js.watch(topic, cluster=cluster) as watch:
        assert watch.wait_for_files(count, DEADLINE)
        return {file.path: bytes(file.data) for file in watch.files}


def test_a_tree_is_uploaded_with_its_paths_and_empty_files(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(3)
    contents = {
        "top.txt": b"top",
        "a b/deep/é.bin": os.urandom(1_200_000),
        "a b/empty.dat": b"",
        "catalog.csv": b"1,2",
    }
    for name, content in contents.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / ".hidden").write_bytes(b"no")
    (tmp_path / "half.part").write_bytes(b"no")
    with js.upload(tmp_path, topic, cluster=cluster) as job:
        assert job.wait(DEADLINE)
        assert job.stats.files == 4
    assert received(cluster, topic, 4) == contents


def test_all_chunks_of_a_file_go_to_one_partition(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(8)
    (tmp_path / "large.bin").write_bytes(os.urandom(5_000_000))
    with js.upload(tmp_path, topic, cluster=cluster) as job:
        assert job.wait(DEADLINE)
    reader = cluster.reader(topic, "earliest")
    partitions: list[int] = []

    def all_read() -> bool:
        partitions.extend(record.partition for record in reader.read(0.1))
        return len(partitions) == 10

    wait_until(all_read, "ten chunks")
    reader.close()
    assert len(set(partitions)) == 1


def test_a_topic_that_does_not_exist_is_created(cluster: js.Cluster, tmp_path: Path) -> None:
    (path,) = write_spectra(tmp_path, 1)
    with js.upload(path, "created-by-upload", cluster=cluster) as job:
        assert job.wait(DEADLINE)
    assert cluster.partitions("created-by-upload") >= 1
    assert list(received(cluster, "created-by-upload", 1)) == [path.name]


def test_a_watched_directory_is_followed_with_new_versions(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    path = tmp_path / "growing.txt"
    with (
        js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job,
        js.watch(topic, cluster=cluster, apply=lambda file: file.text()) as watch,
    ):
        for count, text in enumerate(("1", "1 2", "1 2 3"), 1):
            partial = path.with_suffix(".tmp")
            partial.write_text(text)
            partial.replace(path)
            assert watch.wait_for_files(count, DEADLINE)
            assert watch.latest == text
        assert job.state == "running"
    assert job.state == "finished"


def test_the_broker_goes_away_during_an_upload_and_nothing_is_lost(
    private_broker: LocalBroker, tmp_path: Path
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    cluster.create_topic("spectra", 2)
    folder = tmp_path / "spectra"
    folder.mkdir()
    with js.upload(folder, "spectra", watch=True, settle_seconds=0, cluster=cluster) as job:
        write_spectra(folder, 2)
        wait_until(lambda: job.stats.files == 2, "two files stored")
        private_broker.stop()
        write_spectra(folder, 3, first=2)
        wait_until(lambda: job.trouble, "trouble on the card")
        private_broker.start()
        wait_until(lambda: job.stats.files == 5, "all files stored")
        wait_until(lambda: job.trouble is None, "the end of the trouble")
        assert job.stats.errors == 0
    assert len(received(cluster, "spectra", 5)) == 5


def test_the_end_of_trouble_is_noticed_when_there_is_nothing_to_send(
    private_broker: LocalBroker, tmp_path: Path
) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    folder = tmp_path / "spectra"
    folder.mkdir()
    with js.upload(folder, "spectra", watch=True, cluster=cluster) as job:
        private_broker.stop()
        wait_until(lambda: job.trouble, "trouble on the card")
        private_broker.start()
        wait_until(lambda: job.trouble is None, "the end of the trouble")


def test_a_file_that_cannot_be_sent_fails_the_upload_by_name_after_the_others(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write_spectra(tmp_path, 2)
    (tmp_path / "con").write_text("a name that Windows reserves")
    with js.upload(tmp_path, topic, cluster=cluster) as job:
        assert job.wait(DEADLINE)
        assert (job.state, job.stats.files, job.stats.errors) == ("failed", 2, 1)
        assert "con" in job.problems[-1].detail
        with pytest.raises(js.JobFailed, match="1 of the files could not be uploaded"):
            job.raise_if_failed()


def problem(job: js.Upload, title: str) -> js.Problem:
    """Return the problem with a title."""
    return next(problem for problem in job.problems if problem.title.startswith(title))


def test_a_directory_that_is_away_for_a_while_is_trouble_and_nothing_is_sent_twice(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    directory = tmp_path / "mounted"
    write_spectra(directory, 2)
    with js.upload(directory, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 2, "two files stored")
        away = directory.rename(tmp_path / "away")
        wait_until(lambda: "mounted" in str(job.trouble), "trouble on the card")
        write_spectra(away, 1, first=2)
        away.rename(directory)
        wait_until(lambda: job.stats.files == 3, "the new file stored")
        wait_until(lambda: job.trouble is None, "the end of the trouble")
        assert job.stats.records == 3
    assert job.state == "finished"


def test_a_stop_leaves_a_large_file_in_the_middle_and_says_so(
    private_broker: LocalBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_job, "FLUSH_SECONDS", 1.0)
    monkeypatch.setattr("jupyter_stream.kafka.writer.IN_FLIGHT_BYTES", 2 * 2**20)
    cluster = js.connect(private_broker.start().bootstrap)
    cluster.create_topic("spectra")
    folder = tmp_path / "spectra"
    folder.mkdir()
    with js.upload(folder, "spectra", watch=True, settle_seconds=0, cluster=cluster) as job:
        private_broker.stop()
        wait_until(lambda: job.trouble, "no broker")
        with (folder / "large.bin").open("wb") as file:
            file.truncate(100 * 2**20)
        wait_until(lambda: job.stats.bytes >= 2 * 2**20, "as much as may be in flight")
        job.ask_to_stop()
        assert job.wait(DEADLINE)
    assert job.state == "finished"
    assert job.stats.bytes < 3 * 2**20
    assert "large.bin" in problem(job, "Stopped in the middle of a file").detail
    assert problem(job, "Stopped before everything was uploaded").detail.startswith("1 file")
    assert len(job.problems) == 2


def test_an_upload_that_is_stopped_with_files_left_has_failed(
    private_broker: LocalBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_job, "FLUSH_SECONDS", 0.2)
    cluster = js.connect(private_broker.start().bootstrap)
    cluster.create_topic("spectra")
    folder = tmp_path / "spectra"
    write_spectra(folder, 3)
    upload = js.Upload(cluster, folder, "spectra", UploadOptions())
    private_broker.stop()
    with upload.start() as job:
        wait_until(lambda: job.stats.records == 3, "all chunks on their way")
        job.ask_to_stop()
        assert job.wait(DEADLINE)
    assert job.state == "failed"
    assert job.reason == "stopped before everything was uploaded: 3 files not sent"
    assert "spectrum_0002.npy" in problem(job, "Stopped before").detail


def test_a_topic_that_is_deleted_for_a_while_gets_all_files(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    admin: AdminClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_facts, "ASK_SECONDS", 0.5)
    topic = kafka_topic()
    write_spectra(tmp_path, 1)
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "one file stored")
        admin.delete_topics([topic])[topic].result(DEADLINE)
        wait_until(lambda: topic not in cluster.topics(), "the topic is gone")
        write_spectra(tmp_path, 3, first=1)
        wait_until(lambda: "create it again" in str(job.problems), "the advice", 60)
        cluster.create_topic(topic, 1)
        wait_until(lambda: len(set(paths_on(cluster, topic))) == 4, "all files stored", 90)
    assert problem(job, "A file was not stored, and is tried again").count == job.stats.errors


def test_a_topic_that_refuses_the_size_is_tried_less_and_less_and_told_what_to_do(
    cluster: js.Cluster, kafka_topic: MakeTopic, admin: AdminClient, tmp_path: Path
) -> None:
    topic = kafka_topic(config={"max.message.bytes": "1000"})
    (tmp_path / "large.bin").write_bytes(os.urandom(4000))
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.errors == 3, "three refusals")
        detail = problem(job, "A file was not stored, and is tried again").detail
        assert "Raise max.message.bytes" in detail
        assert "again in 4 s" in detail
        let_larger_records_in(admin, topic)
        wait_until(lambda: job.stats.files == 1, "the file stored")
    assert job.state == "finished"


def test_an_upload_without_watch_fails_when_the_topic_goes_on_refusing(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(config={"max.message.bytes": "1000"})
    (tmp_path / "large.bin").write_bytes(os.urandom(5000))
    with js.upload(tmp_path, topic, cluster=cluster) as job:
        assert job.wait(DEADLINE)
    assert job.state == "failed"
    assert job.stats.errors == 1 + retries.ONCE_RETRIES
    assert "large.bin" in problem(job, "A file could not be uploaded").detail


def test_a_file_that_cannot_be_read_for_a_while_is_sent_later(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_spectra(tmp_path, 1)
    broken = Event()
    broken.set()

    def read(file: Path, *arguments: Any) -> Survey:
        if broken.is_set():
            raise OSError(errno.EIO, "Input/output error")
        return survey(file, *arguments)

    monkeypatch.setattr(read_ahead, "survey", read)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.errors, "a failure to read")
        assert path.name not in str(job.stats.latest)
        broken.clear()
        wait_until(lambda: job.stats.files == 1, "the file stored")
        assert job.stats.errors >= 1


def test_a_file_that_changes_while_it_is_sent_is_sent_once_it_has_settled(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = kafka_topic()
    path = tmp_path / "growing.bin"
    path.write_bytes(b"1" * 600_000)

    def grow(surveyed: Survey) -> Iterator[Chunk]:
        for chunk in chunks(surveyed):
            if path.stat().st_size == 600_000:
                with path.open("ab") as file:
                    file.write(b"2")
            yield chunk

    monkeypatch.setattr("jupyter_stream.files.uploading.survey.KEPT_BYTES", 1000)
    monkeypatch.setattr(upload_job, "chunks", grow)
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0.5, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the new version stored")
        wait_until(lambda: job.problems, "the change")
        assert job.stats.errors == 0
        assert job.stats.records == 3, "one chunk of the first version, two of the second"
    assert received(cluster, topic, 1) == {"growing.bin": b"1" * 600_000 + b"2"}


@pytest.mark.parametrize("watch", [True, False])
def test_a_change_that_size_and_time_do_not_show_is_sent_as_well(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    watch: bool,
) -> None:
    write_spectra(tmp_path, 1)
    changes = iter((True, False))

    def change_once(surveyed: Survey) -> Iterator[Chunk]:
        if next(changes):
            raise js.FileChanged(f"{surveyed.path} changed")
        return chunks(surveyed)

    monkeypatch.setattr(upload_job, "chunks", change_once)
    with js.upload(tmp_path, kafka_topic(), watch=watch, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
    assert (job.state, job.stats.errors) == ("finished", 0 if watch else 1)


def test_a_file_that_is_deleted_before_it_is_sent_is_not_tried_for_ever(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_spectra(tmp_path, 2)

    def delete_first(file: Path, *arguments: Any) -> Survey:
        if file.name == "spectrum_0000.npy":
            file.unlink(missing_ok=True)
        return survey(file, *arguments)

    monkeypatch.setattr(read_ahead, "survey", delete_first)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the other file stored")
    assert job.stats.errors == 0
    assert "spectrum_0000.npy" in problem(job, "A file changed or vanished").detail


@pytest.mark.parametrize("watch", [True, False])
def test_files_that_are_left_out_are_told_once_for_each_kind(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, watch: bool
) -> None:
    for name in (".hidden", ".secret", "half.part", "good.dat"):
        (tmp_path / name).write_bytes(b"1")
    (tmp_path / "loop").symlink_to("loop")
    with js.upload(tmp_path, kafka_topic(), watch=watch, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the good file stored")
        (tmp_path / "late.dat").write_bytes(b"2")
        wait_until(lambda: job.stats.files == 1 + watch, "another look")
    assert job.stats.skipped == 4
    assert {problem.title: problem.count for problem in job.problems} == {
        "A file was left out: is hidden": 2,
        "A file was left out: is a partial file, by its name": 1,
        "A file was left out: cannot be read: Too many levels of symbolic links": 1,
    }


@pytest.mark.parametrize("watch", [True, False])
def test_a_path_that_is_not_there_is_named(cluster: js.Cluster, watch: bool) -> None:
    with pytest.raises(js.NoSuchPath, match="no file or directory /no/such/place"):
        js.upload("/no/such/place", "topic", watch=watch, cluster=cluster)


def test_a_relative_path_stays_what_it_was_when_the_working_directory_changes(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = kafka_topic()
    write(tmp_path, {"here/data/a.dat": b"1", "elsewhere/data/wrong.dat": b"2"})
    monkeypatch.chdir(tmp_path / "here")
    with js.upload(
        "data", topic, watch=True, settle_seconds=0, state="state", cluster=cluster
    ) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        monkeypatch.chdir(tmp_path / "elsewhere")
        write(tmp_path, {"here/data/b.dat": b"1"})
        wait_until(lambda: job.stats.files == 2, "the new file stored")
    assert paths_on(cluster, topic) == ["a.dat", "b.dat"]
    assert not (tmp_path / "elsewhere" / "state").exists()


def test_only_files_and_directories_are_uploaded(cluster: js.Cluster, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(js.NoSuchPath, match="neither a file nor a directory"):
        js.upload(pipe, "any", cluster=cluster)


def test_a_single_file_cannot_be_watched(cluster: js.Cluster, tmp_path: Path) -> None:
    (path,) = write_spectra(tmp_path, 1)
    with pytest.raises(js.NoSuchPath, match="only directories can be watched"):
        js.upload(path, "topic", watch=True, cluster=cluster)


def test_a_stop_tells_which_files_had_not_settled(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=60, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        (path,) = write_spectra(tmp_path, 1)
    assert job.state == "finished"
    assert str(path) in job.problems[0].detail
    assert "1 files not sent" in job.problems[0].detail
