"""How large chunks are, and what is said of it."""

from __future__ import annotations

from jupyter_stream.files.uploading.chunk_size import ENVELOPE_BYTES, SMALLEST_BYTES, ChunkSize


class Told(list[str]):
    def __call__(self, _title: str, detail: str) -> None:
        self.append(detail)


def test_a_limit_that_is_wide_enough_changes_nothing() -> None:
    told = Told()
    assert ChunkSize(None, 1_048_588, told).bytes == 524_288
    assert ChunkSize(None, None, told).bytes == 524_288
    assert ChunkSize(100, 1_048_588, told).bytes == 100
    assert told == []


def test_a_limit_makes_chunks_smaller_and_is_told_once() -> None:
    told = Told()
    size = ChunkSize(None, 100_000, told)
    assert size.bytes == 100_000 - ENVELOPE_BYTES
    assert told == [f"Chunks have {size.bytes} bytes now: its max.message.bytes is 100000."]
    size.follow(1_048_588)
    assert size.bytes == 524_288


def test_a_refusal_halves_the_size_down_to_the_smallest() -> None:
    told = Told()
    size = ChunkSize(20_000, None, told)
    assert size.shrink(20_000)
    assert size.bytes == 10_000
    assert size.shrink(20_000), "a file that was on its way with the former size"
    assert size.bytes == 10_000
    assert size.shrink(10_000)
    assert size.shrink(5_000)
    assert size.bytes == SMALLEST_BYTES
    assert not size.shrink(SMALLEST_BYTES)
    assert len(told) == 3
