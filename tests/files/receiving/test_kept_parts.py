"""What is kept of files that never became complete, and how much of it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from jupyter_stream.files.receiving.kept_parts import KeptParts
from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile

if TYPE_CHECKING:
    from pathlib import Path

REPORT = UnfinishedFile(
    topic="topic",
    path="sub/a.dat",
    sha512="00",
    have=1,
    total=3,
    missing=(2, 3),
    gaps=((2, 3),),
    first_offsets={0: 7},
    age=5.0,
    idle=1.0,
)


def part(folder: Path, name: str, size: int = 4096) -> Path:
    path = folder / "token" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(os.urandom(size))
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_part_is_kept_with_its_report(tmp_path: Path) -> None:
    told = KeptParts(tmp_path / "kept").take(part(tmp_path, "one"), REPORT)
    assert told == f"What came is kept in {tmp_path / 'kept' / 'token-one.part'}."
    assert names(tmp_path / "kept") == ["token-one.json", "token-one.part"]
    report = json.loads((tmp_path / "kept" / "token-one.json").read_text())
    assert (report["path"], report["missing"]) == ("sub/a.dat", [[2, 3]])
    assert report["first_offsets"] == {"0": 7}


def test_parts_of_two_processes_are_kept_beside_one_another(tmp_path: Path) -> None:
    kept = KeptParts(tmp_path / "kept")
    for process in ("first", "second"):
        (tmp_path / process).mkdir()
        kept.take(part(tmp_path / process, "1").rename(tmp_path / process / "1"), REPORT)
    assert names(tmp_path / "kept") == [
        f"{process}-1.{kind}" for process in ("first", "second") for kind in ("json", "part")
    ]


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    kept = KeptParts(tmp_path / "kept", most_files=2)
    told = [kept.take(part(tmp_path, name), REPORT) for name in ("one", "two", "three")]
    assert names(tmp_path / "kept") == [
        "token-three.json",
        "token-three.part",
        "token-two.json",
        "token-two.part",
    ]
    assert "To make room, 1 older ones were removed" in told[2]


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    kept = KeptParts(tmp_path / "kept", most_bytes=10_000)
    for name in ("one", "two", "three"):
        kept.take(part(tmp_path, name), REPORT)
    assert names(tmp_path / "kept") == [
        "token-three.json",
        "token-three.part",
        "token-two.json",
        "token-two.part",
    ]


def test_holes_take_no_room(tmp_path: Path) -> None:
    path = part(tmp_path, "one")
    os.truncate(path, 2**40)
    assert "kept in" in KeptParts(tmp_path / "kept", most_bytes=10_000).take(path, REPORT)


def test_one_that_is_too_large_alone_is_not_kept(tmp_path: Path) -> None:
    path = part(tmp_path, "one", 20_000)
    told = KeptParts(tmp_path / "kept", most_bytes=10_000).take(path, REPORT)
    assert told == "What came is not kept: it is more than 10000 bytes."
    assert not path.exists()


def test_what_cannot_be_kept_is_removed_and_told(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    path = part(tmp_path, "one")
    assert "could not be kept: " in KeptParts(tmp_path / "kept").take(path, REPORT)
    assert not path.exists()
