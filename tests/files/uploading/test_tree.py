"""Which files of a directory count, and what is said of the others."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.path_filter import PathFilter
from jupyter_stream.files.stamp import FileState
from jupyter_stream.files.uploading import tree as tree_module
from jupyter_stream.files.uploading.tree import Tree


def tree_of(root: Path, *, exclude: str = "**/never", state: Path | None = None) -> Tree:
    return Tree(root, PathFilter((), exclude), state or root / ".jupyter_stream")


def names(tree: Tree) -> list[str]:
    return sorted(found.path for found in tree.walk())


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"1")
    return path


def test_files_are_given_with_size_and_time(tmp_path: Path) -> None:
    path = write(tmp_path / "sub" / "a.dat")
    [found] = tree_of(tmp_path).walk()
    status = path.stat()
    assert found == ("sub/a.dat", FileState(1, status.st_mtime_ns), status.st_ino)


def test_hidden_and_partial_files_are_left_out_and_named(tmp_path: Path) -> None:
    for name in ("a.dat", ".hidden", ".git/config", "b.part", "c.TMP", "d.dat~", "x.tmp/e.dat"):
        write(tmp_path / name)
    tree = tree_of(tmp_path)
    assert names(tree) == ["a.dat"]
    assert tree.skipped == {
        ".hidden": "is hidden",
        ".git": "is hidden",
        "b.part": "is a partial file, by its name",
        "c.TMP": "is a partial file, by its name",
        "d.dat~": "is a partial file, by its name",
        "x.tmp": "is a partial file, by its name",
    }
    for path in (".git/config", "x.tmp/e.dat", "b.part", "", "missing"):
        assert not list(tree.look_at(path))


def test_what_is_not_wanted_is_named(tmp_path: Path) -> None:
    for name in ("a.dat", "raw/b.dat"):
        write(tmp_path / name)
    tree = tree_of(tmp_path, exclude="raw/*")
    assert names(tree) == ["a.dat"]
    assert tree.skipped == {"raw/b.dat": "is excluded"}
    assert not list(tree.look_at("raw/b.dat"))


def test_a_name_with_log_in_it_is_a_file_like_any_other(tmp_path: Path) -> None:
    for name in ("catalog.csv", "logs/run.log"):
        write(tmp_path / name)
    assert names(tree_of(tmp_path)) == ["catalog.csv", "logs/run.log"]


def test_our_own_state_is_passed_over_wherever_it_is(tmp_path: Path) -> None:
    for name in ("a.dat", ".jupyter_stream/ledger.sqlite", "state/ledger.sqlite"):
        write(tmp_path / name)
    tree = tree_of(tmp_path, state=tmp_path / "state")
    assert names(tree) == ["a.dat"]
    assert tree.skipped == {}
    assert tree.hides("state/ledger.sqlite")


def test_odd_names_and_both_unicode_forms_are_files_of_their_own(tmp_path: Path) -> None:
    odd = ["é.dat", unicodedata.normalize("NFD", "é.dat"), "a 'b' \"c\".dat", "new\nline.dat"]
    odd.append("/".join(["deep"] * 200 + ["a.dat"]))
    for name in odd:
        write(tmp_path / name)
    broken = os.fsdecode(b"\xff.dat")
    write(tmp_path / broken)
    assert names(tree_of(tmp_path)) == sorted([*odd, broken])


def test_links_count_inside_the_directory_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    target = write(root / "real" / "a.dat")
    outside = write(tmp_path / "outside" / "b.dat")
    (root / "inside").symlink_to(target)
    (root / "outside").symlink_to(outside)
    (root / "again").symlink_to(root)
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "pipe")
    tree = tree_of(root)
    assert names(tree) == ["inside", "real/a.dat"]
    assert tree.skipped == {
        "outside": "is a link out of here",
        "again": "is a link to a directory",
        "pipe": "is no regular file",
        "loop": "cannot be read: Too many levels of symbolic links",
    }
    assert [found.path for found in tree.look_at("real")] == ["real/a.dat"]
    assert not list(tree.look_at("outside"))


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "nothing").symlink_to("missing")
    tree = tree_of(tmp_path)
    assert names(tree) == []
    assert tree.skipped == {"nothing": "is a link to nothing"}


def test_directories_are_listed_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[Path] = []

    def listing(directory: Path) -> list[os.DirEntry[str]]:
        listed.append(directory)
        return original(directory)

    original = tree_module._list
    monkeypatch.setattr(tree_module, "_list", listing)
    for number in range(5):
        (tmp_path / f"run{number}").mkdir()
        (tmp_path / f"run{number}" / "a.dat").write_bytes(b"1")
    files = tree_of(tmp_path).walk()
    next(files)
    assert len(listed) == 2
    assert len(list(files)) == 4


def test_a_missing_directory_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match="is it mounted"):
        names(tree_of(tmp_path / "missing"))


def test_a_subdirectory_that_cannot_be_listed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "sub" / "a.dat")
    write(tmp_path / "b.dat")
    scandir = os.scandir

    def refuse(directory: Path) -> Any:
        if directory == tmp_path / "sub":
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(directory)

    monkeypatch.setattr(os, "scandir", refuse)
    tree = tree_of(tmp_path)
    assert names(tree) == ["b.dat"]
    assert tree.skipped == {"sub": "cannot be listed: Permission denied"}


def test_the_bare_mount_point_of_a_share_counts_as_missing(tmp_path: Path) -> None:
    root, bare = tmp_path / "root", tmp_path / "bare"
    bare.mkdir()
    with TemporaryDirectory(dir="/dev/shm") as share:
        write(Path(share) / "a.dat")
        root.symlink_to(share)
        tree = tree_of(root)
        assert names(tree) == ["a.dat"]
        root.unlink()
        root.symlink_to(bare)
        with pytest.raises(NoSuchPath, match="is it mounted"):
            names(tree)
