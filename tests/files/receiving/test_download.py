"""Downloading from a real broker: what appears in a directory, and what goes wrong."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from hashlib import sha512
from typing import TYPE_CHECKING, Any

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.files.ledger import LEDGER_NAME, STATE_FOLDER
from jupyter_stream.files.receiving import download as download_module
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.testing.chunks import chunks_of
from jupyter_stream.testing.hostile import hostile_messages
from tests.files.receiving.writing import DEADLINE, write_chunks, write_files, write_records
from tests.small_disk import mounted_small_disk
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

FILES = {
    "a.dat": b"a" * 2500,
    "sub/b.dat": b"b" * 999,
    "sub/dir/c d.dat": b"",
    "Größe.txt": "Größe".encode() * 700,
}


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' broker, connected."""
    return js.connect(kafka_broker.bootstrap)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def finish(topic: str, output: Path, **options: Any) -> js.Download:
    """Download all that there is."""
    with js.download(topic, output, until_end=True, **options) as job:
        assert job.wait(DEADLINE), job
    job.raise_if_failed()
    return job


def tree(directory: Path) -> dict[str, bytes]:
    """Give every file below a directory but the state."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and STATE_FOLDER not in path.parts
    }


def leftovers(output: Path) -> list[Path]:
    return list((output / STATE_FOLDER / "parts").iterdir())


def test_a_tree_appears_with_its_times(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic(3)
    write_files(cluster, topic, FILES)
    job = finish(topic, output)
    assert tree(output) == FILES
    assert (output / "a.dat").stat().st_mtime == 1700000000.25
    assert (job.stats.files, job.stats.content_bytes) == (4, sum(map(len, FILES.values())))
    assert (job.stats.skipped, job.stats.unfinished, job.stats.duplicates) == (0, 0, 0)
    assert leftovers(output) == []


def test_a_second_download_brings_only_what_is_new(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic(3)
    write_files(cluster, topic, FILES)
    finish(topic, output)
    write_files(cluster, topic, {**FILES, "new.dat": b"new"})
    job = finish(topic, output)
    assert (job.stats.files, job.stats.latest) == (1, "new.dat")
    assert job.stats.duplicates == len(FILES)
    again = finish(topic, output, start="earliest")
    assert (again.stats.files, again.stats.duplicates) == (0, 2 * len(FILES) + 1)


def test_a_stop_in_the_middle_of_a_file_loses_and_repeats_nothing(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    chunks = chunks_of(b"m" * 5000, "middle.dat", chunk_size=1000)
    write_chunks(cluster, topic, chunks[:2])
    write_files(cluster, topic, {"after.dat": b"after"})
    with js.download(topic, output) as job:
        wait_until(lambda: job.stats.files == 1 and job.stats.unfinished == 1, "the middle")
    assert leftovers(output) == []
    assert tree(output) == {"after.dat": b"after"}
    write_chunks(cluster, topic, chunks[2:])
    job = finish(topic, output)
    assert (job.stats.files, job.stats.latest, job.stats.duplicates) == (1, "middle.dat", 1)
    assert (output / "middle.dat").read_bytes() == b"m" * 5000


def test_paths_are_chosen_by_patterns(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    finish(topic, output, include="*.dat", exclude=["sub/dir/**"])
    assert tree(output).keys() == {"a.dat", "sub/b.dat"}


def test_the_hostile_corpus_leaves_no_trace_but_in_the_ledger(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic, output = kafka_topic(), tmp_path / "a" / "output"
    corpus = [(0, record.key or b"", record.value or b"") for record in hostile_messages()]
    random.Random(1).shuffle(corpus)
    write_records(cluster, topic, corpus)
    write_files(cluster, topic, FILES)
    job = finish(topic, output)
    assert tree(output) == FILES
    assert [path.name for path in tmp_path.rglob("*")].count("evil.txt") == 0
    # Beginnings of huge files may be waiting for more; all else was refused.
    assert job.stats.skipped + job.stats.unfinished == len(corpus)
    with js.download(topic, output) as other:
        refused = list(other._ledger.rows("SELECT reason, value_head, value_size FROM refused"))
    assert len(refused) == job.stats.skipped
    assert all(reason and len(head) <= size for reason, head, size in refused)


def test_a_lost_ledger_costs_reading_but_completes_nothing_twice(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    finish(topic, output)
    inodes = {path: (output / path).stat().st_ino for path in FILES}
    (output / STATE_FOLDER / LEDGER_NAME).unlink()
    job = finish(topic, output)
    assert (job.stats.files, job.stats.duplicates) == (0, len(FILES))
    assert {path: (output / path).stat().st_ino for path in FILES} == inodes


def test_a_broken_ledger_is_told_with_its_remedy(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    finish(topic, output)
    (output / STATE_FOLDER / LEDGER_NAME).write_bytes(b"something else entirely" * 100)
    with pytest.raises(js.StreamError, match="jupyter stream ledger repair"):
        js.download(topic, output)
    assert leftovers(output) == []


def test_an_abandoned_file_is_told_and_kept_with_a_report(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    chunks = chunks_of(b"x" * 10_000, "sub/lossy.dat", chunk_size=1000)
    write_chunks(cluster, topic, [chunks[0], chunks[1], chunks[4]])
    with js.download(topic, output, unfinished_seconds=0.5) as job:
        wait_until(lambda: job.problems, "the report")
        (problem,) = job.problems
        wait_until(lambda: job._received.positions() == {0: 3}, "the position behind it")
    assert problem.title == "A file never became complete"
    assert "sub/lossy.dat: 3 of 10 chunks came; missing 3, 4, 6, 7" in problem.detail
    kept = output / STATE_FOLDER / "unfinished"
    (report,) = kept.glob("*.json")
    assert str(report.with_suffix(".part")) in problem.detail
    described = json.loads(report.read_text())
    assert described["path"] == "sub/lossy.dat"
    assert described["missing"] == [[3, 4], [6, 10]]
    content = report.with_suffix(".part").read_bytes()
    assert (content[:2000], content[4000:5000]) == (b"x" * 2000, b"x" * 1000)
    assert tree(output) == {}


def test_beyond_the_cap_the_longest_waiting_file_is_given_up(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(download_module, "DISK_LIMITS", AssemblyLimits(max_unfinished_files=2))
    topic = kafka_topic()
    for name in "abc":
        write_chunks(cluster, topic, chunks_of(name.encode() * 2000, name, chunk_size=1000)[:1])
    with js.download(topic, output) as job:
        wait_until(lambda: job.problems, "the report")
        assert job.problems[0].detail.startswith("a: 1 of 2 chunks came")
        wait_until(lambda: job.stats.unfinished == 2, "the two others")


def test_names_that_differ_in_case_only_are_two_files(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    files = {"Data.txt": b"large D", "data.txt": b"small d", "Sub/x": b"1", "sub/x": b"2"}
    write_files(cluster, topic, files)
    finish(topic, output)
    assert tree(output) == files


def test_a_directory_in_the_place_of_a_file_is_told_and_others_go_on(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    (output / "a.dat" / "inside").mkdir(parents=True)
    write_files(cluster, topic, FILES)
    job = finish(topic, output)
    assert tree(output).keys() == FILES.keys() - {"a.dat"}
    assert job.stats.skipped == 1
    assert job.problems[0].title == "Record skipped: UnsafePath"
    assert "a.dat is a directory" in job.problems[0].detail
    assert leftovers(output) == []


def test_a_link_out_of_the_directory_is_not_followed(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path, output: Path
) -> None:
    topic = kafka_topic()
    output.mkdir()
    (output / "sub").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    write_files(cluster, topic, FILES)
    job = finish(topic, output)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert job.stats.skipped == 2
    assert (output / "a.dat").exists()


def test_a_directory_on_another_disk_gets_its_files(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    output.mkdir()
    write_files(cluster, topic, {"disk/a.dat": b"a" * 5000, "b.dat": b"b"})
    with mounted_small_disk(output, "64k") as disk:
        job = finish(topic, output)
        assert {path.name: path.read_bytes() for path in disk.iterdir()} == {"a.dat": b"a" * 5000}
        assert (disk / "a.dat").stat().st_mtime == 1700000000.25
        assert job.stats.files == 2


def test_a_deleted_topic_is_told(
    cluster: js.Cluster, kafka_topic: MakeTopic, kafka_broker: RunningBroker, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    with js.download(topic, output) as job:
        assert job.wait_for_files(4, DEADLINE)
        admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
        admin.delete_topics([topic])[topic].result(DEADLINE)
        wait_until(lambda: job.trouble, "the trouble")
        assert job.trouble is not None
        assert topic in job.trouble
        assert job.state == "running"


def test_what_retention_deleted_is_told_with_the_name_of_the_file(
    cluster: js.Cluster, kafka_topic: MakeTopic, kafka_broker: RunningBroker, output: Path
) -> None:
    topic = kafka_topic()
    chunks = chunks_of(b"m" * 5000, "cut.dat", chunk_size=1000)
    write_chunks(cluster, topic, chunks[:2])
    with js.download(topic, output) as job:
        wait_until(lambda: job.stats.unfinished == 1, "the beginning")
        wait_until(lambda: job._received.positions() == {0: 0}, "the position at its beginning")
    write_chunks(cluster, topic, chunks[2:])
    write_files(cluster, topic, {"whole.dat": b"whole"})
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    (deleted,) = admin.delete_records([TopicPartition(topic, 0, 3)]).values()
    deleted.result(DEADLINE)
    job = finish(topic, output)
    assert tree(output) == {"whole.dat": b"whole"}
    assert job.stats.lost == 3
    titles = {problem.title: problem.detail for problem in job.problems}
    assert "3 records" in titles["Records were deleted before they were read"]
    unfinished = titles["A file is not complete at the end of the topic"]
    assert "cut.dat: 2 of 5 chunks came; missing 1, 2, 3" in unfinished


def test_a_bad_hash_of_the_whole_is_told_and_the_file_can_come_again(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    first, last = chunks_of(b"Hello, world", "hi.txt")
    forged = replace(last, data=b"orlt", chunk_hash=sha512(b"orlt").digest())
    write_chunks(cluster, topic, [first, forged])
    with js.download(topic, output) as job:
        wait_until(lambda: job.stats.skipped == 1, "the refusal")
        assert tree(output) == {}
        write_chunks(cluster, topic, [first, last])
        assert job.wait_for_files(1, DEADLINE)
    assert tree(output) == {"hi.txt": b"Hello, world"}


def test_a_topic_made_anew_is_received_anew(
    cluster: js.Cluster, kafka_topic: MakeTopic, kafka_broker: RunningBroker, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    finish(topic, output)
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    admin.delete_topics([topic])[topic].result(DEADLINE)
    wait_until(lambda: topic not in cluster.topics(), "the end of the topic")
    cluster.create_topic(topic, 1)
    write_files(cluster, topic, {"a.dat": b"another", "new.dat": b"new"})
    job = finish(topic, output)
    assert job.stats.files == 2
    assert (output / "a.dat").read_bytes() == b"another"


@pytest.mark.parametrize("group", [None, "group"])
def test_a_topic_made_anew_and_filled_at_once_is_read_from_its_start(
    cluster: js.Cluster,
    kafka_topic: MakeTopic,
    kafka_broker: RunningBroker,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    group: str | None,
) -> None:
    monkeypatch.setattr("jupyter_stream.files.receiving.topic_identity.CHECK_SECONDS", 0.5)
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    with js.download(topic, output, group=group and f"{topic}-{group}") as job:
        wait_until(lambda: job.stats.files == 4 and job._identity._known, "the old topic")
        admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
        admin.delete_topics([topic])[topic].result(DEADLINE)
        wait_until(lambda: topic not in cluster.topics(), "the end of the topic")
        cluster.create_topic(topic, 1)
        new = {f"new {number}": bytes([number]) for number in range(10)}
        write_files(cluster, topic, new)
        wait_until(lambda: tree(output) == {**FILES, **new}, "all of the new topic")
        wait_until(lambda: job.stats.files == 14, "their number")
    assert "The topic was made anew" in [problem.title for problem in job.problems]


def test_a_stopped_download_leaves_no_thread_and_no_part(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    write_chunks(cluster, topic, chunks_of(b"x" * 3000, "x", chunk_size=1000)[:2])
    before = threading.active_count()
    with js.download(topic, output) as job:
        wait_until(lambda: job.stats.unfinished == 1, "the beginning")
        assert leftovers(output)
    wait_until(lambda: threading.active_count() == before, "no thread left")
    assert leftovers(output) == []


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"start": "erliest"}, "'erliest' is no place to start at"),
        ({"group": ""}, "group='' is no name"),
        ({"unfinished_seconds": 0}, "unfinished_seconds=0 is no time"),
        ({"include": [""]}, "a pattern to include or exclude is empty"),
    ],
)
def test_a_value_that_is_not_offered_is_refused(
    cluster: js.Cluster, output: Path, options: dict[str, Any], text: str
) -> None:
    with pytest.raises(js.UsageMistake, match=text):
        js.download("topic", output, cluster=cluster, **options)
    assert not output.exists()


def test_a_topic_that_comes_later_is_waited_for(
    cluster: js.Cluster, output: Path, request: pytest.FixtureRequest
) -> None:
    topic = f"born-later-{request.node.name[-20:]}"
    with js.download(topic, output, wait_for_topic=True, cluster=cluster) as job:
        assert job.state == "waiting"
        cluster.create_topic(topic, 1)
        write_files(cluster, topic, FILES)
        assert job.wait_for_files(4, DEADLINE)
    assert tree(output) == FILES


def test_a_topic_that_is_not_there_leaves_nothing_behind(cluster: js.Cluster, output: Path) -> None:
    with pytest.raises(js.TopicNotFound, match=r"no-such-topic.*--wait"):
        js.download("no-such-topic", output, cluster=cluster)
    assert not output.exists()


def test_another_choice_of_files_has_a_position_of_its_own(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic()
    write_files(cluster, topic, FILES)
    finish(topic, output, include="a.*", cluster=cluster)
    assert sorted(tree(output)) == ["a.dat"]
    finish(topic, output, exclude="*.txt", cluster=cluster)
    assert sorted(tree(output)) == ["a.dat", "sub/b.dat", "sub/dir/c d.dat"]
    job = finish(topic, output, cluster=cluster)
    assert tree(output) == FILES
    assert job.stats.files == 1
    assert finish(topic, output, cluster=cluster).stats.records == 0


def test_a_silent_partition_is_continued_where_it_was_begun(
    cluster: js.Cluster, kafka_topic: MakeTopic, output: Path
) -> None:
    topic = kafka_topic(3)
    write_files(cluster, topic, FILES)
    finish(topic, output, start="latest", cluster=cluster)
    job = finish(topic, output, cluster=cluster)
    assert job.stats.records == 0
    assert tree(output) == {}
