"""Any order, any duplicates, a crash at any moment: each file once, right, and none skipped."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_stream.errors import LedgerNotWritten
from jupyter_stream.files.ledger import STATE_FOLDER
from jupyter_stream.files.receiving import topic_job
from jupyter_stream.files.receiving.arrivals import in_order_of_time
from jupyter_stream.files.receiving.download import Download
from jupyter_stream.files.receiving.receive import FileStream
from jupyter_stream.files.receiving.reception_plan import ReceptionPlan
from jupyter_stream.formats.chunk import pack_chunk, unpack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.scripted import TOPIC, ScriptedCluster, ScriptedReader, script

if TYPE_CHECKING:
    import pytest

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.record import Record

PLAN = ReceptionPlan(TOPIC, start=None, until_end=True)


class Crash(BaseException):
    """The end of a process, at once."""


class CrashingDownload(Download):
    """Ends as a killed process does: nothing is closed, nothing is finished."""

    def __init__(self, cluster: ScriptedCluster, directory: Path, steps: int, where: str) -> None:
        self.announced: list[str] = []
        self._steps = steps
        self._where = where
        super().__init__(cast("Cluster", cluster), PLAN, directory, None)

    def live(self) -> None:
        """Live until the crash."""
        for _ in range(self._steps):
            self._step()
        if self._where != "between steps":
            self._crash_in_register()
            self._settle(wait=True)

    def run_to_the_end(self) -> None:
        self._run()

    def _announce(self, file: ReceivedFile) -> None:
        self.announced.append(file.path)
        super()._announce(file)

    def _crash_in_register(self) -> None:
        enter = self._received.enter

        def crash(*arguments: Any) -> list[ReceivedFile]:
            if self._where == "after the ledger":
                enter(*arguments)
            raise Crash

        setattr(self._received, "enter", crash)  # noqa: B010 - a crash at this very moment


@st.composite
def scripts(draw: st.DrawFn) -> tuple[dict[str, bytes], list[Record]]:
    """Write files to partitions: chunks in any order, some twice, and a foreign record."""
    files = draw(st.dictionaries(st.sampled_from("abcd"), st.binary(max_size=30), min_size=1))
    partitions = draw(st.integers(1, 2))
    chunks = [
        (ord(path) % partitions, pack_chunk(chunk))
        for path, content in files.items()
        for chunk in chunks_of(content, path)
    ]
    values = chunks + draw(st.lists(st.sampled_from(chunks), max_size=4)) + [(0, b"foreign")]
    return files, script(draw(st.permutations(values)))


def first_offsets(records: list[Record]) -> dict[str, tuple[int, int]]:
    """Give the partition and the first offset of each file."""
    firsts: dict[str, tuple[int, int]] = {}
    for record in records:
        if record.value != b"foreign":
            path = unpack_chunk(record.value).path
            firsts.setdefault(path, (record.partition, record.offset))
    return firsts


def check_positions(download: Download, records: list[Record]) -> None:
    """No position is beyond the beginning of a file that is not entered."""
    entered = {path for (path,) in download._ledger.rows("SELECT path FROM received")}
    positions = download._received.positions()
    for path, (partition, offset) in first_offsets(records).items():
        assert path in entered or positions.get(partition, 0) <= offset


@settings(max_examples=60)
@given(
    scripts(),
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.sampled_from(["between steps", "before the ledger", "after the ledger"]),
        ),
        max_size=3,
    ),
    st.integers(1, 5),
)
def test_each_file_once_and_right_whatever_crashes(
    tmp_path: Path,
    written: tuple[dict[str, bytes], list[Record]],
    crashes: list[tuple[int, str]],
    batch: int,
) -> None:
    files, records = written
    cluster = ScriptedCluster(records, batch)
    directory = Path(mkdtemp(dir=tmp_path))
    announced: list[str] = []
    for steps, where in crashes:
        killed = CrashingDownload(cluster, directory, steps, where)
        with suppress(Crash):
            killed.live()
        announced += killed.announced
        check_positions(killed, records)
        killed._close()
    last = CrashingDownload(cluster, directory, 0, "")
    last.run_to_the_end()
    announced += last.announced
    assert {path: (directory / path).read_bytes() for path in files} == files
    assert len(announced) == len(set(announced)), "complete once"
    assert {path.name for path in directory.iterdir()} == {*files, STATE_FOLDER}
    again = CrashingDownload(cluster, directory, 0, "")
    again.run_to_the_end()
    assert again.announced == []


@settings(max_examples=40)
@given(scripts(), st.integers(0, 8), st.integers(1, 3), st.integers(0, 1))
def test_a_group_loses_no_file_when_a_partition_moves(
    tmp_path: Path,
    written: tuple[dict[str, bytes], list[Record]],
    steps: int,
    batch: int,
    moved: int,
) -> None:
    files, records = written
    cluster = ScriptedCluster(records, batch)
    plan = replace(PLAN, group="group")
    directory = Path(mkdtemp(dir=tmp_path))
    first = Download(cast("Cluster", cluster), plan, directory, None)
    for _ in range(steps):
        first._step()
    first._give_away({moved})
    reader = first._reader
    assert isinstance(reader, ScriptedReader)
    entered = {path for (path,) in first._ledger.rows("SELECT path FROM received")}
    for path, (partition, offset) in first_offsets(records).items():
        assert path in entered or reader.committed.get(partition, 0) <= offset
    assert first._positions.safe({}).keys() <= {0, 1} - {moved}
    first._close()
    second = Download(cast("Cluster", cluster), plan, directory, None)
    second._run()
    assert {path: (directory / path).read_bytes() for path in files} == files
    assert first.stats.files + second.stats.files == len(files)


def test_a_stream_commits_only_behind_files_that_were_used() -> None:
    values = [(0, pack_chunk(chunks_of(name.encode(), name)[0])) for name in "abc"]
    cluster = ScriptedCluster(script(values), batch=1)
    plan = ReceptionPlan(TOPIC, group="group", until_end=True)
    with FileStream(cast("Cluster", cluster), plan).start() as stream:
        assert next(stream).path == "a"
        assert next(stream).path == "b"
        stream.stop()
    assert cluster.readers[0].committed == {0: 1}
    with FileStream(cast("Cluster", cluster), plan).start() as stream:
        assert [file.path for file in stream] == ["b", "c"]
    assert cluster.readers[1].committed == {0: 3}


def test_a_ledger_that_cannot_be_written_holds_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_job, "RETRY_SECONDS", 0.05)
    values = [(0, pack_chunk(chunks_of(name.encode(), name)[0])) for name in "ab"]
    cluster = ScriptedCluster(script(values))
    download = Download(cast("Cluster", cluster), replace(PLAN, group="group"), tmp_path, None)
    enter, refusals = download._received.enter, 2
    seen: list[tuple[int, dict[int, int], str | None]] = []

    def fail_twice(*arguments: Any) -> list[ReceivedFile]:
        nonlocal refusals
        seen.append((download.stats.files, dict(cluster.readers[0].committed), download.trouble))
        refusals -= 1
        if refusals >= 0:
            raise LedgerNotWritten("no space")
        return enter(*arguments)

    monkeypatch.setattr(download._received, "enter", fail_twice)
    download.start().wait(20)
    assert seen[:3] == [(0, {}, None), (0, {}, "no space"), (0, {}, "no space")]
    assert download.stats.files == 2
    assert cluster.readers[0].committed == {0: 2}
    assert download.state == "finished"


def test_a_ledger_that_cannot_be_read_loses_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_job, "RETRY_SECONDS", 0.05)
    cluster = ScriptedCluster(script([(0, pack_chunk(chunks_of(b"1", "a")[0]))]))
    download = Download(cast("Cluster", cluster), PLAN, tmp_path, None)
    troubles: list[str | None] = []

    def away_for_a_moment(asked: Any) -> Any:
        def ask(*arguments: Any) -> Any:
            troubles.append(download.trouble)
            if len(troubles) % 3:
                raise LedgerNotWritten("the share is away")
            return asked(*arguments)

        return ask

    for name in ("refresh", "covers", "is_superseded"):
        asked = getattr(download._received, name)
        monkeypatch.setattr(download._received, name, away_for_a_moment(asked))
    download.start().wait(20)
    assert (download.stats.files, download.stats.skipped) == (1, 0)
    assert "the share is away" in troubles
    assert (tmp_path / "a").read_bytes() == b"1"


def test_what_a_crash_left_in_its_place_is_taken_for_complete(tmp_path: Path) -> None:
    cluster = ScriptedCluster(script([(0, pack_chunk(chunks_of(b"1", "a")[0]))]))
    killed = CrashingDownload(cluster, tmp_path, 2, "before the ledger")
    with suppress(Crash):
        killed.live()
    inode = (tmp_path / "a").stat().st_ino
    killed._close()
    last = CrashingDownload(cluster, tmp_path, 0, "")
    last.run_to_the_end()
    assert (last.stats.files, last.stats.duplicates) == (0, 1)
    assert (tmp_path / "a").stat().st_ino == inode


def test_the_order_of_a_partition_stands_above_the_order_of_time() -> None:
    records = script([(0, b"1"), (0, b"2"), (1, b"3"), (0, b"4"), (1, b"5")])
    backwards = [record._replace(timestamp=-float(record.offset)) for record in records]
    ordered = in_order_of_time(backwards)
    assert [record.offset for record in ordered if record.partition == 0] == [0, 1, 2]
    assert [record.offset for record in ordered if record.partition == 1] == [0, 1]
    assert [record.value for record in in_order_of_time(records)] == [b"1", b"2", b"3", b"4", b"5"]
