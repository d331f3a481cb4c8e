"""Files that have stopped changing, with a clock of our own."""

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.settled import SettledFiles


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settled(tmp_path: Path, clock: Clock) -> SettledFiles:
    return SettledFiles(tmp_path, 2.0, clock=clock)


def write(path: Path, data: bytes, mtime: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (mtime, mtime))
    return path


def test_a_file_is_reported_once_after_it_settled(
    tmp_path: Path, clock: Clock, settled: SettledFiles
) -> None:
    path = write(tmp_path / "sub" / "a.dat", b"1", 1)
    assert settled.poll() == []
    clock.now += 1.9
    assert settled.poll() == []
    clock.now += 0.1
    assert settled.poll() == [path]
    clock.now += 100
    assert settled.poll() == []


def test_a_growing_file_waits_until_it_stops(
    tmp_path: Path, clock: Clock, settled: SettledFiles
) -> None:
    for size in range(1, 5):
        path = write(tmp_path / "a.dat", b"x" * size, 1)
        assert settled.poll() == []
        clock.now += 1.5
    assert settled.poll() == []
    clock.now += 0.5
    assert settled.poll() == [path]


@pytest.mark.parametrize(("data", "mtime"), [(b"22", 1), (b"2", 2)])
def test_a_new_version_is_reported_again(
    tmp_path: Path, clock: Clock, settled: SettledFiles, data: bytes, mtime: float
) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    settled.poll()
    clock.now += 2
    assert settled.poll() == [path]
    write(path, data, mtime)
    assert settled.poll() == []
    clock.now += 2
    assert settled.poll() == [path]


def test_a_file_that_came_back_is_reported_again(tmp_path: Path) -> None:
    settled = SettledFiles(tmp_path, 0)
    path = write(tmp_path / "a.dat", b"1", 1)
    assert settled.poll() == [path]
    path.unlink()
    assert settled.poll() == []
    write(path, b"1", 1)
    assert settled.poll() == [path]


def test_without_settling_time_files_are_reported_at_once_in_order(tmp_path: Path) -> None:
    names = ["b.dat", "a/z.dat", "a.dat"]
    paths = [write(tmp_path / name, b"", 1) for name in names]
    assert SettledFiles(tmp_path, 0).poll() == sorted(paths)


def test_hidden_and_partial_files_are_left_out_and_named(tmp_path: Path) -> None:
    good = write(tmp_path / "a.dat", b"", 1)
    for name in (".hidden", ".git/config", "b.part", "c.TMP", "d.dat~"):
        write(tmp_path / name, b"", 1)
    settled = SettledFiles(tmp_path, 0)
    assert settled.poll() == [good]
    reasons = {path.name: reason for path, reason in settled.skipped.items()}
    assert reasons == {
        ".hidden": "is hidden",
        ".git": "is hidden",
        "b.part": "is a partial file, by its name",
        "c.TMP": "is a partial file, by its name",
        "d.dat~": "is a partial file, by its name",
    }


def test_links_count_inside_the_directory_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    target = write(root / "real" / "a.dat", b"", 1)
    outside = write(tmp_path / "outside" / "b.dat", b"", 1)
    inside_link = root / "inside"
    inside_link.symlink_to(target)
    (root / "outside").symlink_to(outside)
    (root / "nothing").symlink_to("missing")
    (root / "again").symlink_to(root)
    os.mkfifo(root / "pipe")
    settled = SettledFiles(root, 0)
    assert settled.poll() == [inside_link, target]
    reasons = {path.name: reason for path, reason in settled.skipped.items()}
    assert reasons == {
        "outside": "is a link out of here",
        "nothing": "is a link to nothing, or to no regular file",
        "again": "is a link to a directory",
        "pipe": "is no regular file",
    }


def test_a_missing_directory_says_so_and_may_come_back(tmp_path: Path) -> None:
    root = tmp_path / "share"
    path = write(root / "a.dat", b"1", 1)
    settled = SettledFiles(root, 0)
    assert settled.poll() == [path]
    away = root.rename(tmp_path / "away")
    with pytest.raises(NoSuchPath, match="is no directory that can be watched"):
        settled.poll()
    away.rename(root)
    assert settled.poll() == [], "what was reported stays reported"


def test_a_subdirectory_that_cannot_be_listed_is_named_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = SettledFiles(tmp_path, 0)
    path = write(tmp_path / "sub" / "a.dat", b"1", 1)
    assert settled.poll() == [path]
    scandir = os.scandir

    def refuse(directory: Path) -> Any:
        if directory == path.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(directory)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        assert settled.poll() == []
        assert settled.skipped == {path.parent: "cannot be listed: Permission denied"}
    assert settled.poll() == [], "what was reported stays reported"


def test_a_link_to_itself_is_left_out_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    (tmp_path / "loop").symlink_to("loop")
    settled = SettledFiles(tmp_path, 0)
    assert settled.poll() == [path]
    assert settled.skipped == {
        tmp_path / "loop": "cannot be read: Too many levels of symbolic links"
    }


def test_a_file_that_cannot_be_looked_at_for_a_while_is_named_and_remembered(
    tmp_path: Path,
) -> None:
    root = tmp_path / "root"
    target = write(root / "a.dat", b"1", 1)
    link = root / "link"
    link.symlink_to(target)
    settled = SettledFiles(root, 0)
    assert settled.poll() == [target, link]
    link.unlink()
    link.symlink_to("link")
    assert settled.poll() == []
    assert list(settled.skipped) == [link]
    link.unlink()
    link.symlink_to(target)
    assert settled.poll() == [], "what was reported stays reported"


def test_a_directory_that_refuses_to_be_listed_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = SettledFiles(tmp_path, 0)
    write(tmp_path / "a.dat", b"1", 1)
    assert len(settled.poll()) == 1

    def refuse(_directory: Path) -> Any:
        raise OSError(errno.ESTALE, "Stale file handle")

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        with pytest.raises(NoSuchPath, match="Stale file handle"):
            settled.poll()
    assert settled.poll() == [], "what was reported stays reported"


def test_the_bare_mount_point_of_a_share_counts_as_missing(tmp_path: Path) -> None:
    root = tmp_path / "root"
    bare = tmp_path / "bare"
    bare.mkdir()
    with TemporaryDirectory(dir="/dev/shm") as share:
        write(Path(share) / "a.dat", b"1", 1)
        settled = SettledFiles(root, 0)
        root.symlink_to(share)
        assert settled.poll() == [root / "a.dat"]
        root.unlink()
        root.symlink_to(bare)
        with pytest.raises(NoSuchPath, match="is it mounted"):
            settled.poll()
        root.unlink()
        root.symlink_to(share)
        assert settled.poll() == [], "what was reported stays reported"


def test_a_forgotten_file_is_reported_again_when_it_has_settled(
    tmp_path: Path, clock: Clock, settled: SettledFiles
) -> None:
    path = write(tmp_path / "a.dat", b"1", 1)
    settled.poll()
    clock.now += 2
    assert settled.poll() == [path]
    settled.forget(path)
    assert settled.poll() == []
    clock.now += 2
    assert settled.poll() == [path]
