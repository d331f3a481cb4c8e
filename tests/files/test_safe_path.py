"""Paths from the wire."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import UnsafePath
from jupyter_stream.files.safe_path import check_path, resolve_below

GOOD = [
    "hi.txt",
    "a/b/c/hi.txt",
    ".hidden",
    "catalog.csv",
    "scan 12:30:05.dat",
    "Grüße/データ.npy",
    "..hi",
    "...a",
    "nul_point.dat",
    "console.txt",
    "com10.txt",
    "a" * 255,
]
BAD = {
    "": "no name",
    "/etc/passwd": "absolute",
    "//server/share": "absolute",
    "../a": "'..' is no name",
    "a/../b": "'..' is no name",
    "a/./b": "'.' is no name",
    "a//b": "'' is no name",
    "a/": "'' is no name",
    "a\\b": "backslash",
    "a\0b": "control character",
    "a\nb": "control character",
    "a\x7fb": "control character",
    "C:": "drive",
    "c:/windows": "drive",
    "a/D:b": "drive",
    "a.": "dot or a space",
    "a /b": "dot or a space",
    "CON": "reserved on Windows",
    "nul.txt": "reserved on Windows",
    "a/Aux .tar.gz": "reserved on Windows",
    "LPT¹": "reserved on Windows",
    "x.Jupyter-Stream-Part": "unfinished",
    "a" * 256: "more than 255 bytes",
    "é" * 128: "more than 255 bytes",
    "a/" * 600 + "a": "more than 1024 bytes",
    "\udcff": "Unicode",
}


@pytest.mark.parametrize("path", GOOD)
def test_odd_but_harmless_names_pass(path: str) -> None:
    assert check_path(path) == path


@pytest.mark.parametrize(("path", "reason"), BAD.items())
def test_what_some_platform_treats_specially_is_refused(path: str, reason: str) -> None:
    with pytest.raises(UnsafePath, match=re.escape(reason)):
        check_path(path)


@given(st.text(st.sampled_from("a./\\ :\0~C"), max_size=12))
def test_whatever_passes_stays_below_the_directory(path: str) -> None:
    root = Path("/nowhere/output")
    try:
        target = resolve_below(root, path)
    except UnsafePath:
        return
    assert target.is_relative_to(root)
    assert target != root


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert resolve_below(tmp_path, "link/a.txt") == tmp_path / "real" / "a.txt"


@pytest.mark.parametrize("path", ["link/a.txt", "link"])
def test_a_link_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "output"
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePath, match="leads out of"):
        resolve_below(root, path)
