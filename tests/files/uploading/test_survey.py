"""The first pass over a file."""

from __future__ import annotations

import os
import zlib
from concurrent.futures import CancelledError, ThreadPoolExecutor
from hashlib import sha512
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.uploading import survey as survey_module
from jupyter_stream.files.uploading.split import chunks
from jupyter_stream.files.uploading.survey import KEPT_BYTES, survey

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def hashing() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.dat"
    path.write_bytes(os.urandom(KEPT_BYTES + 700_001))
    return path


@pytest.mark.parametrize("chunk_size", [100_000, 524_288, 3_000_000, KEPT_BYTES + 1, 2**30])
def test_a_large_file_is_hashed_and_not_kept(
    large: Path, hashing: ThreadPoolExecutor, chunk_size: int
) -> None:
    content = large.read_bytes()
    surveyed = survey(large, "large.dat", chunk_size, hashing)
    parts = [content[at : at + chunk_size] for at in range(0, len(content), chunk_size)]
    assert surveyed.content is None
    assert surveyed.file_hash == sha512(content).digest()
    assert surveyed.chunk_hashes == b"".join(sha512(part).digest() for part in parts)
    assert list(surveyed.checksums) == [zlib.crc32(part) for part in parts]
    assert [bytes(chunk.data) for chunk in chunks(surveyed)] == parts


def test_hashing_a_large_file_can_be_given_up(large: Path, hashing: ThreadPoolExecutor) -> None:
    calls = iter((False, False, True))

    def checkpoint() -> None:
        if next(calls):
            raise CancelledError

    with pytest.raises(CancelledError):
        survey(large, "large.dat", 524_288, hashing, checkpoint)
    assert next(calls, None) is None


def test_a_file_that_gives_less_than_it_says_is_not_taken_for_whole(
    hashing: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a share that remembers sizes longer than it should; small and large files.
    shorter = Path("/sys/kernel/warn_count")
    if not shorter.is_file():
        pytest.skip("there is no file here whose size is not true")
    for kept in (KEPT_BYTES, 0):
        monkeypatch.setattr(survey_module, "KEPT_BYTES", kept)
        with pytest.raises(FileChanged, match="gave"):
            survey(shorter, "shorter.dat", 512, hashing)


@pytest.mark.parametrize("kept", [KEPT_BYTES, 0])
def test_a_file_that_comes_in_small_pieces_is_whole(
    tmp_path: Path,
    hashing: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
    kept: int,
) -> None:
    class Trickle(FileIO):
        """As some file systems do: no more than so much at once."""

        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(700, size or 0))

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return super().readinto(buffer[:700])

    path = tmp_path / "a.dat"
    path.write_bytes(os.urandom(5000))
    monkeypatch.setattr(survey_module, "KEPT_BYTES", kept)
    monkeypatch.setattr(Path, "open", lambda path, *_, **__: Trickle(path))
    surveyed = survey(path, "a.dat", 1000, hashing)
    assert b"".join(bytes(chunk.data) for chunk in chunks(surveyed)) == path.read_bytes()
