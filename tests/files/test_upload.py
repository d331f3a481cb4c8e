"""Uploading to a real broker, and what may go wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.spectra import DEADLINE, write_spectra
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


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


def test_a_directory_that_vanishes_ends_the_upload_with_the_reason(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    directory = tmp_path / "mounted"
    directory.mkdir()
    with js.upload(directory, kafka_topic(), watch=True, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        directory.rmdir()
        assert job.wait(DEADLINE)
        assert job.state == "failed"
        assert "mounted" in str(job.reason)


@pytest.mark.parametrize("watch", [True, False])
def test_a_path_that_is_not_there_is_named(cluster: js.Cluster, watch: bool) -> None:
    with pytest.raises(js.NoSuchPath, match="no file or directory /no/such/place"):
        js.upload("/no/such/place", "topic", watch=watch, cluster=cluster)


def test_a_single_file_cannot_be_watched(cluster: js.Cluster, tmp_path: Path) -> None:
    (path,) = write_spectra(tmp_path, 1)
    with pytest.raises(js.NoSuchPath, match="only directories can be watched"):
        js.upload(path, "topic", watch=True, cluster=cluster)
