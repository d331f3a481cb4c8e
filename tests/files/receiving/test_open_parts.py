"""Descriptors of unfinished files, and writing at an offset on any platform."""

import gc
from pathlib import Path

import pytest

from jupyter_stream.files.receiving import open_parts
from jupyter_stream.files.receiving.open_parts import OpenParts, read_at, write_at


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_few_stay_open_and_others_are_opened_again(tmp_path: Path) -> None:
    gc.collect()  # Other tests' descriptors are not to be closed meanwhile.
    parts, before = OpenParts(), open_descriptors()
    paths = [tmp_path / str(number) for number in range(100)]
    for path in paths:
        parts.create(path)
    assert open_descriptors() - before == 64
    for path in paths:
        write_at(parts.descriptor(path), path.name.encode(), 0)
    assert [path.read_text() for path in paths] == [path.name for path in paths]
    for path in paths:
        parts.close(path)
    assert open_descriptors() == before


def test_a_part_never_takes_an_existing_file(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FileExistsError):
        OpenParts().create(tmp_path / "a")


@pytest.mark.parametrize("portable", [False, True])
def test_bytes_go_to_their_offset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portable: bool
) -> None:
    if portable:
        monkeypatch.setattr(open_parts, "write_some", open_parts.seek_and_write)
    parts = OpenParts()
    parts.create(tmp_path / "a")
    descriptor = parts.descriptor(tmp_path / "a")
    write_at(descriptor, b"world", 7)
    write_at(descriptor, memoryview(b"Hello, "), 0)
    assert read_at(descriptor, 100, 5) == b", world"
    parts.close(tmp_path / "a")


def test_what_the_system_writes_in_pieces_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_parts.write_some
    monkeypatch.setattr(
        open_parts, "write_some", lambda file, data, offset: whole(file, data[:3], offset)
    )
    parts = OpenParts()
    parts.create(tmp_path / "a")
    write_at(parts.descriptor(tmp_path / "a"), b"Hello, world", 2)
    parts.close(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"\0\0Hello, world"
