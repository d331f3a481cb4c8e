"""What goes wrong while files are received, moment by moment, on a topic that is written down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from jupyter_stream.errors import ClusterUnreachable, LedgerNotWritten
from jupyter_stream.files.receiving import topic_job
from jupyter_stream.files.receiving.download import Download
from jupyter_stream.files.receiving.receive import FileStream
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
from jupyter_stream.formats.chunk import pack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.scripted import TOPIC, ScriptedCluster, ScriptedReader, script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.reception import Reception
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record

PLAN = ReceptionPlan(TOPIC, start=None, until_end=True)


def versions(*contents: bytes, mtimes: list[float] | None = None) -> list[Record]:
    """Give the records of one path with one content after another."""
    times = mtimes or [float(number) for number in range(1, len(contents) + 1)]
    return script(
        [
            (0, pack_chunk(chunk))
            for content, mtime in zip(contents, times, strict=True)
            for chunk in chunks_of(content, "a", mtime=mtime)
        ]
    )


def a_download(cluster: ScriptedCluster, directory: Path, **options: Any) -> Download:
    return Download(cast("Cluster", cluster), replace(PLAN, **options), directory, None)


def a_stream(cluster: ScriptedCluster, **options: Any) -> FileStream:
    plan = replace(PLAN, start="earliest", **options)
    return FileStream(cast("Cluster", cluster), plan)


def reader_of(job: Reception) -> ScriptedReader:
    assert isinstance(job._reader, ScriptedReader)
    return job._reader


@pytest.mark.parametrize("batch", [1, 3])
def test_a_content_that_comes_back_replaces_the_one_after_it(tmp_path: Path, batch: int) -> None:
    cluster = ScriptedCluster(versions(b"idle", b"busy", b"idle"), batch)
    download = a_download(cluster, tmp_path)
    download._run()
    assert (tmp_path / "a").read_bytes() == b"idle"
    assert download.stats.files == 3


def test_a_content_that_comes_back_reaches_a_stream_again() -> None:
    cluster = ScriptedCluster(versions(b"idle", b"busy", b"idle"))
    with a_stream(cluster).start() as stream:
        assert [file.text() for file in stream] == ["idle", "busy", "idle"]


def test_a_file_that_comes_twice_while_it_is_finished_is_one(tmp_path: Path) -> None:
    cluster = ScriptedCluster(versions(b"idle", b"idle"))
    download = a_download(cluster, tmp_path)
    download._run()
    assert download.stats.files == 1


def test_an_older_version_replaces_nothing_while_the_ledger_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_job, "RETRY_SECONDS", 0.01)
    cluster = ScriptedCluster(versions(b"newer", b"older", mtimes=[200.0, 100.0]))
    download = a_download(cluster, tmp_path)
    enter, refusals = download._received.enter, 2

    def refuse_twice(*arguments: Any) -> list[ReceivedFile]:
        nonlocal refusals
        refusals -= bool(arguments[0])
        if arguments[0] and refusals >= 0:
            raise LedgerNotWritten("no space")
        return enter(*arguments)

    monkeypatch.setattr(download._received, "enter", refuse_twice)
    download._run()
    assert (tmp_path / "a").read_bytes() == b"newer"


def test_time_in_which_nothing_can_come_gives_no_file_up(tmp_path: Path) -> None:
    now = 0.0
    chunks = chunks_of(b"0123456789", "a")
    cluster = ScriptedCluster(script([(0, pack_chunk(chunks[0]))]))
    download = a_download(cluster, tmp_path, unfinished_seconds=10.0)
    download._reading_time._clock = lambda: now

    def pass_time(seconds: float, trouble: str | None) -> None:
        nonlocal now
        now += seconds
        reader_of(download).trouble = trouble
        download._step()

    for _ in range(3):
        pass_time(0.1, None)
    assert download._assembler.pending == 1
    pass_time(3600.0, "the broker is away")
    pass_time(3600.0, None)
    assert download._assembler.pending == 1, "an outage or a pause is no time without chunks"
    for _ in range(10):
        pass_time(1.0, None)
    assert download._assembler.pending == 0
    assert (download.stats.errors, download.problems[0].title) == (
        1,
        "A file never became complete",
    )
    download._close()


def test_a_topic_made_anew_begins_at_its_beginning_also_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [
        (partition, pack_chunk(chunks_of(b"1", name)[0])) for partition, name in enumerate("ab")
    ]
    cluster = ScriptedCluster(script(values))
    download = a_download(cluster, tmp_path, until_end=False)
    for _ in range(3):
        download._step()
    download._settle(wait=True)
    assert download._received.positions() == {0: 1, 1: 1}
    asked: list[str] = []

    def away_for_a_moment(topic: str) -> str:
        asked.append(topic)
        if len(asked) == 1:
            raise ClusterUnreachable("no broker answers")
        return f"cluster/{topic} made anew"

    monkeypatch.setattr(cluster, "topic_id", away_for_a_moment)
    reader_of(download).restarted = 2
    for _ in range(3):
        download._step()
    download._settle(wait=True)
    assert download._received.topic_id.endswith("made anew")
    assert download._received.positions() == {}
    assert [problem.title for problem in download.problems] == ["The topic was made anew"]
    assert download.problems[0].count == 1
    download._close()


def test_positions_of_a_group_are_not_those_of_the_directory(tmp_path: Path) -> None:
    values = [(0, pack_chunk(chunks_of(name.encode(), name)[0])) for name in "abc"]
    cluster = ScriptedCluster(script(values))
    member = a_download(cluster, tmp_path, group="group")
    # What lies before was another member's, in a directory of its own.
    reader_of(member)._left = cluster.records[2:]
    member._run()
    assert reader_of(member).committed == {0: 3}
    alone = a_download(cluster, tmp_path)
    alone._run()
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"a", "b", "c"}
    assert (alone.stats.files, alone.stats.duplicates) == (2, 1)


def test_a_member_that_leaves_commits_what_it_has_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = ScriptedCluster(versions(b"1"))
    member = a_download(cluster, tmp_path, group="group")
    reader = reader_of(member)
    close = reader.close

    def close_as_a_member() -> None:
        assert cluster.revoke is not None
        cluster.revoke({0})
        close()

    monkeypatch.setattr(reader, "close", close_as_a_member)
    member._step()
    member._take_in(leave=0)
    member._leave(reader)
    assert reader.committed == {0: 0}, "the position before what is not finished"
    member._close()


def test_positions_move_only_past_files_that_were_used_whatever_is_taken_away() -> None:
    values = [
        (place, pack_chunk(chunks_of(b"1", name)[0]))
        for place, name in [(0, "a"), (1, "b"), (1, "c")]
    ]
    cluster = ScriptedCluster(script(values), batch=1)
    stream = a_stream(cluster, group="group")
    steps(stream, lambda: stream.stats.files == 3)
    stream._give_away({1})
    stream._commit({})
    assert 0 not in reader_of(stream).committed, "the file of partition 0 waits still"
    stream._close()


def test_files_of_a_partition_that_is_lost_and_given_back_come_again() -> None:
    values = [(0, pack_chunk(chunks_of(name.encode(), name)[0])) for name in "abc"]
    cluster = ScriptedCluster(script(values), batch=3)
    stream = a_stream(cluster, group="group")
    steps(stream, lambda: stream.stats.files == 3)
    assert next(stream).path == "a"
    stream._give_away({0})
    reader_of(stream)._left = cluster.records
    steps(stream, lambda: stream.stats.records == 6)
    stream._settle(wait=True)
    left = [file.path for _ in range(3) if (file := stream._hand_over.take())]
    assert left == ["b", "c"], "what was not taken, and only that"
    stream._close()


def steps(job: Reception, condition: Callable[[], bool]) -> None:
    """Let a job that was not started go on until something holds."""
    for _ in range(1000):
        if condition():
            return
        job._step()
    raise AssertionError("it never came to hold")
