"""The first pass over a file."""

from __future__ import annotations

import os
import zlib
from concurrent.futures import CancelledError, ThreadPoolExecutor
from hashlib import sha512
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.files.split import chunks
from jupyter_stream.files.survey import KEPT_BYTES, survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
