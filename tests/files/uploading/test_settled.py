"""Files that have stopped changing, with a clock of our own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.files.path_filter import PathFilter
from jupyter_stream.files.uploading.settled import Knowledge, SettledFiles
from jupyter_stream.files.uploading.tree import Found, Tree

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A directory that is walked at each look, and a ledger that knows what it is told."""

    def __init__(self, root: Path, settle_seconds: float, clock: Clock) -> None:
        self.known: dict[str, Knowledge] = {}
        self.tree = Tree(root, PathFilter((), ()), root / ".jupyter_stream")
        self.settled = SettledFiles(self.tree, settle_seconds, self.knowledge, clock=clock)
        self.news: list[str] = []

    def knowledge(self, found: Found) -> Knowledge:
        return self.known.get(found.path, Knowledge.NEW)

    def look(self) -> list[str]:
        self.news += [found.path for found in self.tree.walk() if self.settled.sight(found)]
        self.settled.walked()
        return [found.path for found in self.settled.due()]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watched(tmp_path: Path, clock: Clock) -> Watched:
    return Watched(tmp_path, 2.0, clock)


def write(path: Path, data: bytes, mtime: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (mtime, mtime))
    return path


def test_a_file_is_reported_once_after_it_settled(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    write(tmp_path / "sub" / "a.dat", b"1", 1)
    assert watched.look() == []
    assert list(watched.settled.unsettled) == ["sub/a.dat"]
    clock.now += 1.9
    assert watched.look() == []
    clock.now += 0.1
    assert watched.look() == ["sub/a.dat"]
    clock.now += 100
    assert watched.look() == []
    assert watched.settled.unsettled == {}


def test_a_growing_file_waits_until_it_stops(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    for size in range(1, 5):
        write(tmp_path / "a.dat", b"x" * size, 1)
        assert watched.look() == []
        clock.now += 1.5
    assert watched.look() == []
    clock.now += 0.5
    assert watched.look() == ["a.dat"]


def test_a_change_that_nobody_told_of_is_seen_when_the_time_is_up(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    watched.look()
    write(path, b"22", 1)
    clock.now += 2
    assert watched.settled.due() == []
    clock.now += 2
    assert [found.path for found in watched.settled.due()] == ["a.dat"]


@pytest.mark.parametrize(("data", "mtime"), [(b"22", 1), (b"2", 2)])
def test_a_new_version_is_reported_again(
    tmp_path: Path, clock: Clock, watched: Watched, data: bytes, mtime: float
) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    watched.look()
    clock.now += 2
    assert watched.look() == ["a.dat"]
    write(path, data, mtime)
    assert watched.look() == []
    clock.now += 2
    assert watched.look() == ["a.dat"]


def test_what_was_sent_is_looked_up_and_not_kept_in_memory(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    write(tmp_path / "a.dat", b"1", 1)
    watched.look()
    clock.now += 2
    watched.look()
    watched.known["a.dat"] = Knowledge.SENT
    watched.settled.conclude("a.dat")
    clock.now += 2
    assert watched.look() == []
    watched.known["a.dat"] = Knowledge.NEW
    watched.look()
    clock.now += 2
    assert watched.look() == ["a.dat"]


def test_what_is_doubtful_is_reported_but_is_no_news(tmp_path: Path, clock: Clock) -> None:
    watched = Watched(tmp_path, 0, clock)
    write(tmp_path / "a.dat", b"1", 1)
    write(tmp_path / "b.dat", b"1", 1)
    watched.known["a.dat"] = Knowledge.DOUBTFUL
    assert watched.look() == ["a.dat", "b.dat"]
    assert watched.news == ["b.dat"]


def test_files_are_reported_in_order_of_name(tmp_path: Path, clock: Clock) -> None:
    for name in ("b.dat", "a/z.dat", "a.dat"):
        write(tmp_path / name, b"", 1)
    assert Watched(tmp_path, 0, clock).look() == ["a.dat", "a/z.dat", "b.dat"]


def test_a_file_that_vanishes_before_it_settles_is_not_reported(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    watched.look()
    path.unlink()
    clock.now += 2
    assert watched.look() == []
    assert watched.settled.unsettled == {}


@pytest.mark.parametrize("partial", [".a.dat", "a.dat.part", "sub/a.tmp"])
def test_a_rename_from_an_unfinished_name_is_seen_by_looking(
    tmp_path: Path, watched: Watched, partial: str
) -> None:
    path = write(tmp_path / partial, b"1", 1)
    assert watched.look() == []
    path.rename(tmp_path / "a.dat")
    write(tmp_path / "other.dat", b"1", 1)
    assert watched.look() == ["a.dat"]


def test_a_file_that_changed_while_it_was_renamed_has_to_settle(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    path = write(tmp_path / "a.part", b"1", 1)
    watched.look()
    write(path.rename(tmp_path / "a.dat"), b"12", 1)
    assert watched.look() == []
    clock.now += 2
    assert watched.look() == ["a.dat"]


def test_a_file_is_looked_for_again_on_request(
    tmp_path: Path, clock: Clock, watched: Watched
) -> None:
    write(tmp_path / "a.dat", b"1", 1)
    watched.look()
    clock.now += 2
    assert watched.look() == ["a.dat"]
    watched.settled.look_again("a.dat")
    assert watched.settled.due() == []
    clock.now += 2
    assert watched.look() == ["a.dat"]
