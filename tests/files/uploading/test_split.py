"""Cutting files, and noticing that they change meanwhile."""

import os
from hashlib import sha512
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import FileChanged, UnsafePath
from jupyter_stream.files.uploading.split import split
from jupyter_stream.testing.chunks import chunks_of

BIG = b"0123456789" * 3


def keep_times(path: Path, before: os.stat_result) -> None:
    """Hide a change, as coarse clocks and network shares do."""
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files be read twice, as large ones are."""
    monkeypatch.setattr("jupyter_stream.files.uploading.survey.KEPT_BYTES", 0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sub" / "dir" / "hi.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(BIG)
    os.utime(path, (1700000000.25, 1700000000.25))
    return path


@pytest.mark.parametrize("kept", [0, 50])
@given(data=st.binary(max_size=100), chunk_size=st.integers(1, 110))
def test_chunks_are_those_of_the_format(
    file: Path, monkeypatch: pytest.MonkeyPatch, kept: int, data: bytes, chunk_size: int
) -> None:
    monkeypatch.setattr("jupyter_stream.files.uploading.survey.KEPT_BYTES", kept)
    file.write_bytes(data)
    mtime = file.stat().st_mtime
    expected = chunks_of(data, "sub/dir/hi.txt", chunk_size=chunk_size, append="_v2", mtime=mtime)
    root = file.parents[2]
    assert list(split(file, root, chunk_size=chunk_size, append="_v2")) == expected


def test_the_default_chunk_is_512_kib(file: Path) -> None:
    file.write_bytes(bytes(524288 * 2 + 1))
    assert [len(chunk.data) for chunk in split(file, file.parent)] == [524288, 524288, 1]


def test_an_empty_file_is_one_empty_chunk(file: Path) -> None:
    file.write_bytes(b"")
    [chunk] = split(file, file.parent)
    assert (chunk.index, chunk.total, chunk.offset, bytes(chunk.data)) == (1, 1, 0, b"")
    assert chunk.file_hash == chunk.chunk_hash == sha512(b"").digest()


def test_chunks_stay_valid_after_the_file_is_gone(file: Path) -> None:
    chunks = list(split(file, file.parent, chunk_size=8))
    file.write_bytes(b"x" * len(BIG))
    file.unlink()
    assert b"".join(chunk.data for chunk in chunks) == BIG


@pytest.mark.parametrize("content", [b"x" * len(BIG), BIG + b"more", BIG[:-9], b""])
@pytest.mark.usefixtures("read_twice")
def test_a_change_between_the_passes_is_noticed(file: Path, content: bytes) -> None:
    chunks = split(file, file.parent, chunk_size=8)
    next(chunks)
    file.write_bytes(content)
    with pytest.raises(FileChanged, match="send it again"):
        list(chunks)


@pytest.mark.parametrize("content", [b"other" * 9, b"other"])
def test_a_change_while_a_small_file_is_read_is_noticed(
    file: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    fstat = os.fstat

    def change_afterwards(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        monkeypatch.undo()
        file.write_bytes(content)
        return status

    monkeypatch.setattr(os, "fstat", change_afterwards)
    with pytest.raises(FileChanged, match="while it was read"):
        list(split(file, file.parent))


@pytest.mark.usefixtures("read_twice")
def test_a_hidden_change_is_noticed_by_content(file: Path) -> None:
    chunks = split(file, file.parent, chunk_size=8192)
    file.write_bytes(bytes(40_000))
    before = file.stat()
    received = [next(chunks)]
    file.write_bytes(bytes(39_999) + b"x")
    keep_times(file, before)
    with pytest.raises(FileChanged, match="changed while it was sent"):
        received.extend(chunks)
    assert len(received) == 4, "the last chunk must not be given"


@pytest.mark.usefixtures("read_twice")
def test_a_replaced_file_is_noticed(file: Path) -> None:
    chunks = split(file, file.parent, chunk_size=8)
    next(chunks)
    before = file.stat()
    other = file.with_name("other")
    other.write_bytes(b"x" * len(BIG))
    keep_times(other, before)
    other.replace(file)
    with pytest.raises(FileChanged):
        list(chunks)


def test_names_that_readers_refuse_are_not_sent(file: Path) -> None:
    odd = file.rename(file.with_name("aux.txt"))
    with pytest.raises(UnsafePath, match="reserved on Windows"):
        next(split(odd, odd.parent))
    broken = Path(os.fsdecode(os.fsencode(file.parent) + b"/\xff.txt"))
    broken.write_bytes(b"")
    with pytest.raises(UnsafePath, match="Unicode"):
        next(split(broken, broken.parent))


def test_what_is_no_file_below_the_root_is_an_ordinary_error(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(split(file.with_name("missing"), file.parent))
    with pytest.raises(IsADirectoryError):
        next(split(file.parent, file.parent.parent))
    with pytest.raises(ValueError, match="not in the subpath"):
        next(split(file, file.parent / "elsewhere"))
