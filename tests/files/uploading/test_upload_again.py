"""Uploading the same directory once more: what is missing, changed or new, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.errors import LedgerError, LedgerInUse, LedgerNotWritten
from jupyter_stream.files.ledger import Ledger
from jupyter_stream.files.uploading import lookout, topic_facts, upload_job
from jupyter_stream.files.uploading import survey as survey_module
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA
from jupyter_stream.files.uploading.split import chunks
from jupyter_stream.kafka.profile import Profile
from tests.files.uploading.uploading import chunks_on, paths_on, problem, upload_once, write
from tests.small_disk import mounted_small_disk
from tests.spectra import DEADLINE
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jupyter_stream.files.uploading.survey import Survey
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.kafka.profile import Properties
    from jupyter_stream.testing.kafka import MakeTopic

FILES = {"a.dat": b"aaaa", "sub/b.dat": b"bbbb", "empty.dat": b""}


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


def age(folder: Path, seconds: float = 60.0) -> None:
    """Let all files look as if nobody had written to them for a while."""
    then = time.time() - seconds
    for path in folder.rglob("*.dat"):
        os.utime(path, (then, then))


def test_a_second_upload_sends_nothing_and_says_so(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    first = upload_once(tmp_path, topic, cluster)
    assert (first.stats.files, first.stats.duplicates, first.stats.files_total) == (3, 0, 3)
    second = upload_once(tmp_path, topic, cluster)
    assert (second.state, second.stats.files, second.stats.duplicates) == ("finished", 0, 3)
    assert (second.stats.files_total, second.stats.content_bytes_total) == (0, 0)
    assert paths_on(cluster, topic) == sorted(FILES)


def test_what_changed_or_appeared_in_between_is_sent(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    write(tmp_path, {"a.dat": b"changed", "new.dat": b"new"})
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 2, "two files stored")
        wait_until(lambda: job.stats.duplicates == 2, "two files known")
    assert paths_on(cluster, topic) == sorted([*FILES, "a.dat", "new.dat"])
    assert upload_once(tmp_path, topic, cluster).stats.files == 0


def test_a_file_that_was_only_touched_is_hashed_and_not_sent(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    age(tmp_path)
    job = upload_once(tmp_path, topic, cluster)
    assert (job.stats.records, job.stats.duplicates) == (0, 3)


def test_a_change_too_soon_to_show_is_found_by_hashing_once_more(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    path = tmp_path / "a.dat"
    before = path.stat()
    path.write_bytes(b"AAAA")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    job = upload_once(tmp_path, topic, cluster)
    assert (job.stats.files, job.stats.duplicates, job.stats.latest) == (1, 2, "a.dat")


def test_a_file_that_was_old_when_it_was_sent_is_not_read_again(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    age(tmp_path)
    upload_once(tmp_path, topic, cluster)
    monkeypatch.setattr("jupyter_stream.files.uploading.read_ahead.survey", None)
    job = upload_once(tmp_path, topic, cluster)
    assert (job.state, job.stats.duplicates) == ("finished", 3)


def test_everything_is_sent_again_on_request(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    job = upload_once(tmp_path, topic, cluster, again=True)
    assert (job.stats.files, job.stats.duplicates) == (3, 0)


def test_everything_is_sent_again_though_the_clock_was_put_back_since(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    with Ledger(tmp_path / ".jupyter_stream") as ledger, ledger.batch():
        ledger.write("UPDATE sent SET acknowledged_at = acknowledged_at + ?", [(3600.0,)])
    job = upload_once(tmp_path, topic, cluster, again=True)
    assert (job.stats.files, job.stats.duplicates) == (3, 0)
    assert upload_once(tmp_path, topic, cluster).stats.duplicates == 3


def test_each_topic_has_its_own_rows(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    write(tmp_path, FILES)
    for topic in (kafka_topic(), kafka_topic()):
        assert upload_once(tmp_path, topic, cluster).stats.files == 3


def make_again(admin: AdminClient, cluster: js.Cluster, topic: str) -> None:
    """Delete a topic, and make one of the same name."""
    admin.delete_topics([topic])[topic].result(DEADLINE)
    wait_until(lambda: topic not in cluster.topics(), "the topic is gone")
    cluster.create_topic(topic, 1)


def test_a_topic_that_was_made_again_gets_everything(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    upload_once(tmp_path, topic, cluster)
    make_again(AdminClient({"bootstrap.servers": kafka_broker.bootstrap}), cluster, topic)
    assert upload_once(tmp_path, topic, cluster).stats.files == 3
    assert paths_on(cluster, topic) == sorted(FILES)


def test_a_topic_that_is_made_again_during_an_upload_gets_everything(
    cluster: js.Cluster,
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_facts, "ASK_SECONDS", 0.5)
    monkeypatch.setattr(lookout, "SAFETY_SECONDS", 0.2)
    monkeypatch.setattr(lookout, "LATE_SECONDS", 0.2)
    topic = kafka_topic()
    write(tmp_path, FILES)
    with js.upload(tmp_path, topic, watch=True, settle_seconds=0, cluster=cluster) as job:
        wait_until(lambda: job.stats.files == 3, "three files stored")
        make_again(AdminClient({"bootstrap.servers": kafka_broker.bootstrap}), cluster, topic)
        wait_until(lambda: job.stats.files == 6, "three files stored again")
        assert problem(job, "The topic was deleted and made again")
        walks = job._source._lookout.walks
        wait_until(lambda: job._source._lookout.walks > walks + 3, "some more walks")
        assert "no event" not in str(job.problems)
    assert paths_on(cluster, topic) == sorted(FILES)


def test_a_file_that_was_begun_on_a_topic_that_is_made_again_is_sent_once_more_as_a_whole(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address: Properties = {"bootstrap.servers": kafka_broker.bootstrap}
    admin = AdminClient(address)
    # The news of the topic comes before the last acknowledgements.
    cluster = js.Cluster(Profile("slow", address, {"linger.ms": 300}))
    topic = kafka_topic()
    todo = [2]

    def interrupted(surveyed: Survey) -> Iterator[Chunk]:
        for chunk in chunks(surveyed):
            yield chunk
            if todo and chunk.index == todo[-1]:
                todo.pop()
                while job._delivery.unacknowledged:
                    job._attend()
                make_again(admin, cluster, topic)
                job._facts.ask_now()
                wait_until(lambda: job._facts._new, "the news of the topic")

    monkeypatch.setattr(upload_job, "chunks", interrupted)
    with js.upload(
        tmp_path, topic, watch=True, settle_seconds=0, chunk_size=1000, cluster=cluster
    ) as job:
        wait_until(lambda: job.state == "running", "the upload")
        write(tmp_path, {"a.dat": bytes(5000)})
        wait_until(lambda: job.stats.files, "the file stored")
        wait_until(lambda: not job.stats.unfinished, "nothing left to do")
        assert (job.stats.content_bytes, job.stats.content_bytes_total) == (5000, 5000)
    assert {chunk.index for chunk in chunks_on(cluster, topic)} == {1, 2, 3, 4, 5}


def test_the_same_upload_runs_once(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic, other = kafka_topic(), kafka_topic()
    write(tmp_path, FILES)
    with js.upload(tmp_path, topic, watch=True, cluster=cluster):
        with pytest.raises(LedgerInUse, match=r"already.*\.jupyter_stream"):
            js.upload(tmp_path, topic, cluster=cluster)
        upload_once(tmp_path, other, cluster)
        upload_once(tmp_path / "a.dat", topic, cluster)
    upload_once(tmp_path, topic, cluster)


def test_a_broken_ledger_is_told_before_anything_is_sent(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, {**FILES, ".jupyter_stream/ledger.sqlite": b"no database" * 100})
    with pytest.raises(LedgerError, match="jupyter stream ledger repair"):
        js.upload(tmp_path, topic, cluster=cluster)
    (tmp_path / ".jupyter_stream" / "ledger.sqlite").unlink()
    assert upload_once(tmp_path, topic, cluster).stats.files == 3


def test_a_directory_that_cannot_be_written_needs_a_state_folder(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    with mounted_small_disk(tmp_path, "1m") as disk:
        write(disk, FILES)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(LedgerNotWritten, match="state="):
            js.upload(disk, topic, cluster=cluster)
        state = tmp_path / "state"
        assert upload_once(disk, topic, cluster, state=state).stats.files == 3
        assert upload_once(disk, topic, cluster, state=str(state)).stats.duplicates == 3


def test_an_upload_that_fails_while_it_is_paused_ends(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashing: list[int] = []

    def digests(block: bytes, chunk_size: int) -> Any:
        hashing.append(len(block))
        return original(block, chunk_size)

    original = survey_module._digests
    monkeypatch.setattr(survey_module, "_digests", digests)
    with js.upload(tmp_path, kafka_topic(), watch=True, settle_seconds=0, cluster=cluster) as job:
        write(tmp_path, {"a.dat": b"1"})
        wait_until(lambda: job.stats.files, "a file stored")
        with (tmp_path / "large.dat").open("wb") as file:
            file.truncate(4 * 2**30)
        wait_until(lambda: hashing, "the hashing")
        job.pause()
        wait_until(lambda: job.state == "paused", "the pause")

        def broken() -> None:
            raise LedgerError("it broke")

        monkeypatch.setattr(job._sent, "write_if_due", broken)
        assert job.wait(10)
    assert (job.state, job.reason) == ("failed", "it broke")


def test_the_state_folder_is_not_uploaded(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    write(tmp_path, FILES)
    assert upload_once(tmp_path, topic, cluster, state=tmp_path / "state").stats.files == 3
    assert upload_once(tmp_path, topic, cluster, state=tmp_path / "state").stats.skipped == 0
    with pytest.raises(js.UsageMistake, match="another folder"):
        js.upload(tmp_path, topic, state=tmp_path, cluster=cluster)


def test_a_full_disk_for_the_ledger_is_trouble_that_passes(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    folder = tmp_path / "data"
    with mounted_small_disk(tmp_path, "300k") as disk:
        folder.mkdir()
        with js.upload(
            folder, topic, watch=True, settle_seconds=0, state=disk, cluster=cluster
        ) as job:
            wait_until(lambda: job.state == "running", "the upload")
            ballast = disk / "ballast"
            ballast.write_bytes(bytes(250_000))
            write(folder, {f"some quite long name {number}.dat": b"1" for number in range(400)})
            wait_until(lambda: job.stats.files == 400, "all files stored")
            wait_until(lambda: "ledger" in str(job.trouble), "trouble on the card")
            ballast.unlink()
            wait_until(lambda: job.trouble is None, "the end of the trouble")
        assert upload_once(folder, topic, cluster, state=disk).stats.duplicates == 400


UPLOAD = """
import sys
import jupyter_stream as js
job = js.upload(sys.argv[1], sys.argv[2], cluster=js.connect(sys.argv[3]))
job.wait()
"""


def test_a_kill_in_the_middle_loses_nothing_and_what_was_noted_is_not_sent_twice(
    cluster: js.Cluster, kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    content = os.urandom(200_000)
    write(tmp_path, {f"{number:04}.dat": content[number:] for number in range(3000)})
    age(tmp_path)

    def noted() -> int:
        try:
            with Ledger(tmp_path / ".jupyter_stream", SENT_SCHEMA) as ledger:
                ((count,),) = ledger.rows("SELECT count(*) FROM sent")
                return int(count)
        except LedgerError:
            return 0

    line = [sys.executable, "-c", UPLOAD, str(tmp_path), topic, kafka_broker.bootstrap]
    with subprocess.Popen(line) as uploader:
        wait_until(lambda: noted() > 0, "the first rows of the ledger")
        uploader.kill()
    known = noted()
    assert 0 < known < 3000
    job = upload_once(tmp_path, topic, cluster)
    assert (job.state, job.stats.duplicates, job.stats.files) == ("finished", known, 3000 - known)
    assert len({chunk.path for chunk in chunks_on(cluster, topic)}) == 3000


def test_a_ledger_that_cannot_be_written_until_the_end_is_told(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upload_job, "FLUSH_SECONDS", 0.3)
    folder = tmp_path / "data"
    write(folder, {f"{number}{'x' * 200}.dat": b"1" for number in range(400)})
    with mounted_small_disk(tmp_path, "200k") as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(150_000))
        job = upload_once(folder, kafka_topic(), cluster, state=disk)
        assert (job.state, job.stats.files) == ("finished", 400)
        assert problem(job, "The ledger could not be written").detail.startswith("400 files")
