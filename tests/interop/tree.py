"""A tree of files with odd names."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Both sides carry these.
NAMES = (
    "top.txt",
    "a space.txt",
    "quo'te\".txt",
    "-dash.txt",
    "100%.txt",
    "a&b=c;d.txt",
    "comma,semi;colon.csv",
    "[b](c){d}.txt",
    "#hash.txt",
    "a.b.c.tar.gz",
    "noext",
    "n" * 200 + ".txt",
    "sub/deep/er/and/deeper/still.bin",
    "Ünï/" + unicodedata.normalize("NFC", "é.txt"),
    "Ünï/" + unicodedata.normalize("NFD", "é.txt"),
    "日本/ファイル.txt",
    "emoji😀.txt",
)
LARGE = "large.bin"
GROWS = "sub/grows.bin"
SHRINKS = "sub/shrinks.txt"
EMPTY = "sub/empty.dat"
# Partial files by their names, which only OpenMSIStream sends.
PARTIAL = ("x.part", "x.tmp", "tilde~")
# Their uploader leaves these out without a word: "log" in it, hidden, empty.
LEFT_OUT_BY_THEM = ("sub/catalog.csv", "dialog.txt", "sub/run.log", "sub/.hidden", EMPTY)
# Windows could not hold it, so we do not take it.
REFUSED_BY_US = "trailing./x.txt"

_random = Random(7)


def write(root: Path, path: str, content: bytes) -> None:
    """Write a file below a root, with its directories."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def common_files() -> dict[str, bytes]:
    """Give the content of the files that both sides carry, by path."""
    files = {name: f"{name}\n".encode() * 50 for name in NAMES}
    return files | {
        LARGE: _random.randbytes(2_000_000),
        GROWS: b"short",
        SHRINKS: b"a long first version " * 100,
    }


def newer_versions() -> dict[str, bytes]:
    """Give the content of the files that are replaced, by path."""
    return {
        LARGE: _random.randbytes(2_700_000),
        GROWS: _random.randbytes(700_000),
        SHRINKS: b"a short second version",
    }


def write_all(root: Path, files: dict[str, bytes]) -> None:
    """Write files below a root."""
    for path, content in files.items():
        write(root, path, content)


def contents(root: Path, expected: dict[str, bytes]) -> dict[str, bytes | None]:
    """Return what expected files hold that are below a root; None for what is not there."""
    return {path: _content(root / path) for path in expected}


def visible_files(root: Path) -> set[str]:
    """Return the paths of all files below a root, hidden folders left out."""
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not path.parts[0].startswith(".")}


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
