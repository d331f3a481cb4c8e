"""Watching a directory: what appears in it in any way, and how soon."""

from __future__ import annotations

import ctypes
import os
import time
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from jupyter_stream.files.uploading import lookout
from tests.files.uploading.uploading import paths_on, problem, upload_once, write
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

# Longer than any test waits: what is stored was complete at once.
NEVER = 600.0


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "watched"
    path.mkdir()
    return path


@pytest.fixture
def no_walks(monkeypatch: pytest.MonkeyPatch) -> None:
    """See to it that events alone find what appears after the first walk."""
    monkeypatch.setattr(lookout, "SAFETY_SECONDS", NEVER)


@pytest.mark.usefixtures("no_walks")
def test_files_in_new_and_moved_in_directories_are_found(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, folder: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path / "elsewhere", {"b.dat": b"1", "deep/c.dat": b"2"})
    with js.upload(folder, topic, watch=True, settle_seconds=0.3, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        write(folder, {"new/deep/a.dat": b"1"})
        (tmp_path / "elsewhere").rename(folder / "moved")
        wait_until(lambda: job.stats.files == 3, "three files stored")
        (folder / "moved").rename(folder / "again")
        wait_until(lambda: job.stats.files == 5, "two files stored under their new names")
        write(folder, {"again/deep/d.dat": b"3"})
        wait_until(lambda: job.stats.files == 6, "a file in the renamed directory")
        assert job.problems == ()
    names = ("new/deep/a", "moved/b", "moved/deep/c", "again/b", "again/deep/c", "again/deep/d")
    assert paths_on(cluster, topic) == sorted(f"{name}.dat" for name in names)


@pytest.mark.usefixtures("no_walks")
def test_thousands_of_files_at_once_are_all_found(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path
) -> None:
    topic = kafka_topic()
    with js.upload(folder, topic, watch=True, settle_seconds=0.3, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        write(folder, {f"{number % 7}/{number:04}.dat": b"1" for number in range(2000)})
        wait_until(lambda: job.stats.files == 2000, "all files stored")
    assert len(set(paths_on(cluster, topic))) == 2000


@pytest.mark.usefixtures("no_walks")
@pytest.mark.parametrize("partial", ["a.tmp", ".a.dat", "sub/a.part", "../outside.dat"])
def test_a_final_name_is_recognised_at_once(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path, partial: str
) -> None:
    (folder / "sub").mkdir()
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=NEVER, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        write(folder, {partial: b"1"})
        begun = time.monotonic()
        (folder / partial).rename(folder / "a.dat")
        wait_until(lambda: job.stats.files == 1, "the file stored")
        assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("no_walks")
def test_a_directory_that_is_moved_in_is_complete_at_once(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, folder: Path
) -> None:
    write(tmp_path / "elsewhere", {"a.dat": b"1", "deep/b.dat": b"2"})
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=NEVER, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        (tmp_path / "elsewhere").rename(folder / "in")
        wait_until(lambda: job.stats.files == 2, "both files stored")


def test_a_file_that_grows_is_sent_once_when_it_has_settled(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path
) -> None:
    topic = kafka_topic()
    path = folder / "a.dat"
    with js.upload(folder, topic, watch=True, settle_seconds=1.0, cluster=cluster) as job:
        for size in range(1, 8):
            path.write_bytes(b"x" * size)
            wait_until(lambda: time.time() - path.stat().st_mtime > 0.3, "a moment")
        wait_until(lambda: job.stats.files == 1, "the file stored")
        assert time.time() - path.stat().st_mtime > 0.9
    assert paths_on(cluster, topic) == ["a.dat"]


@pytest.mark.parametrize("poll", [True, False])
def test_files_that_are_not_wanted_are_left_out_and_said(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path, poll: bool
) -> None:
    topic = kafka_topic()
    write(folder, {"a.dat": b"1", "a.txt": b"1", "raw/b.dat": b"1"})
    with js.upload(
        folder,
        topic,
        watch=True,
        poll=poll,
        settle_seconds=0,
        include=["*.dat", "*.csv"],
        exclude="raw/*",
        cluster=cluster,
    ) as job:
        wait_until(lambda: job.stats.files == 1, "the wanted file stored")
        write(folder, {"c.txt": b"1", "raw/d.dat": b"1", "c.csv": b"1"})
        wait_until(lambda: job.stats.files == 2, "the other wanted file stored")
        assert problem(job, "A file was left out: is excluded").detail.endswith(".dat")
        assert problem(job, "A file was left out: is not among").detail.endswith(".txt")
    assert paths_on(cluster, topic) == ["a.dat", "c.csv"]


def test_a_directory_can_be_looked_at_without_events(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookout, "DirectoryEvents", None)
    with js.upload(
        folder, kafka_topic(), watch=True, poll=True, settle_seconds=0.3, cluster=cluster
    ) as job:
        write(folder, {"new/deep/a.dat": b"1"})
        wait_until(lambda: job.stats.files == 1, "the file stored")
        assert job.problems == ()


@pytest.fixture
def no_inotify() -> Iterator[None]:
    """Use up all inotify instances that a user may have."""
    system = ctypes.CDLL(None, use_errno=True)
    taken: list[int] = []
    while (descriptor := system.inotify_init()) >= 0 and len(taken) < 10_000:
        taken.append(descriptor)
    yield
    for descriptor in taken:
        os.close(descriptor)


@pytest.mark.usefixtures("no_inotify")
def test_without_events_from_the_system_the_directory_is_looked_at_again_and_again(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path
) -> None:
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        write(folder, {"new/a.dat": b"1"})
        wait_until(lambda: job.stats.files == 1, "the file stored")
        write(folder, {"new/b.dat": b"1"})
        wait_until(lambda: job.stats.files == 2, "the other file stored")
        told = problem(job, "The directory is looked at again and again now")
        assert "inotify instance limit reached" in told.detail


def test_changes_that_no_event_tells_of_are_found_and_end_the_trust_in_events(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookout, "SAFETY_SECONDS", 0.5)
    monkeypatch.setattr(lookout, "LATE_SECONDS", 0.5)
    topic = kafka_topic()
    write(folder, {"a.dat": b"1"})
    # What is written under another name of the same file is news to no one, as on a share.
    other = tmp_path / "other name"
    other.hardlink_to(folder / "a.dat")
    with js.upload(folder, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        write(folder, {"b.dat": b"1"})
        wait_until(lambda: job.stats.files == 2, "the other file stored")
        assert "no event" not in str(job.problems)
        other.write_bytes(b"changed")
        wait_until(lambda: job.stats.files == 3, "the change stored")
        wait_until(lambda: "no event told of a.dat" in str(job.problems), "the change of mind")


def test_a_change_that_is_seen_through_a_link_is_no_reason_to_mistrust_events(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookout, "SAFETY_SECONDS", 0.5)
    monkeypatch.setattr(lookout, "LATE_SECONDS", 0.5)
    write(folder, {"real.dat": b"1"})
    (folder / "link.dat").symlink_to("real.dat")
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 2, "both files stored")
        write(folder, {"real.dat": b"changed"})
        wait_until(lambda: job.stats.files == 4, "both changes stored")
        walks = job._source._lookout.walks
        wait_until(lambda: job._source._lookout.walks > walks + 3, "some more walks")
        assert not job.problems


def test_a_directory_that_is_replaced_is_followed(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, folder: Path
) -> None:
    state = tmp_path / "state"
    write(folder, {"a.dat": b"1"})
    with js.upload(
        folder, kafka_topic(), watch=True, settle_seconds=0, state=state, cluster=cluster
    ) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        folder.rename(tmp_path / "away")
        wait_until(lambda: job.trouble, "trouble on the card")
        write(folder, {"b.dat": b"1"})
        wait_until(lambda: job.stats.files == 2, "the file of the new directory stored")
        wait_until(lambda: job.trouble is None, "the end of the trouble")
        write(folder, {"c.dat": b"1"})
        wait_until(lambda: job.stats.files == 3, "a file that appeared later")


def test_a_directory_that_comes_back_with_more_files_is_not_mistrusted(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookout, "LATE_SECONDS", 0.0)
    away = tmp_path / "away"
    write(folder, {"a.dat": b"1"})
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        folder.rename(away)
        wait_until(lambda: job.trouble, "trouble on the card")
        write(away, {"b.dat": b"1"})
        away.rename(folder)
        wait_until(lambda: job.stats.files == 2, "the file that came with it")
        write(folder, {"c.dat": b"1"})
        wait_until(lambda: job.stats.files == 3, "a file that appeared later")
        assert job.problems == ()


def test_a_deleted_and_restored_file_is_not_sent_again(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path
) -> None:
    topic = kafka_topic()
    write(folder, {"a.dat": b"1"})
    with js.upload(folder, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 1, "the file stored")
        (folder / "a.dat").unlink()
        write(folder, {"a.dat": b"1", "b.dat": b"2"})
        wait_until(lambda: job.stats.files == 2, "the other file stored")
    assert upload_once(folder, topic, cluster).stats.files == 0
    assert paths_on(cluster, topic) == ["a.dat", "b.dat"]


def test_a_stop_does_not_name_files_that_were_sent(
    cluster: js.Cluster, kafka_topic: MakeTopic, folder: Path
) -> None:
    with js.upload(folder, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.state == "running", "the upload")
        write(folder, {"a.dat": b"1"})
        wait_until(lambda: job.stats.files == 1, "the file stored")
        # From now on, hashing once more would tell for sure whether it changed since.
        path = folder / "a.dat"
        wait_until(lambda: time.time() - path.stat().st_mtime > 2.1, "a doubt")
    assert job.problems == ()
