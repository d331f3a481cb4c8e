"""What an assembler does when files are too large, too many, or never complete."""

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest

from jupyter_stream.errors import FileTooLarge
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.formats.chunk import Chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling
from tests.waiting import DEADLINE

MIB = 1024**2


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def assembler_with(clock: Clock | None = None, **limits: Any) -> Assembling:
    return Assembling(MemorySink(), AssemblyLimits(**limits), clock=clock or Clock())


def first_of_two(name: str, size: int = 8) -> Chunk:
    return chunks_of(name.encode() + bytes(2 * size - len(name)), name, chunk_size=size)[0]


def names(assembler: Assembling) -> list[str]:
    return [file.path for file in assembler.unfinished]


@pytest.mark.parametrize(
    "limits", [AssemblyLimits(max_file_bytes=100), AssemblyLimits(max_total_bytes=100)]
)
def test_a_file_over_the_limit_is_refused_by_its_first_chunk(limits: AssemblyLimits) -> None:
    assembler = Assembling(MemorySink(), limits)
    with pytest.raises(FileTooLarge, match="has 105 bytes or more; the limit is 100"):
        assembler.receive("topic", 0, 0, chunks_of(bytes(112))[3])
    assert assembler.unfinished == []
    assert assembler.counters.refused == 1


@pytest.mark.parametrize(
    "limits", [AssemblyLimits(max_file_bytes=100), AssemblyLimits(max_total_bytes=100)]
)
def test_a_file_of_just_the_limit_passes(limits: AssemblyLimits) -> None:
    assembler = Assembling(MemorySink(), limits)
    chunks = chunks_of(bytes(100), chunk_size=33)
    files = [assembler.receive("topic", 0, offset, chunk) for offset, chunk in enumerate(chunks)]
    assert files[-1] is not None
    assert files[-1].size == 100


def test_too_many_chunks_are_refused() -> None:
    assembler = assembler_with(max_chunks=10)
    with pytest.raises(FileTooLarge, match="comes in 11 chunks; the limit is 10"):
        assembler.receive("topic", 0, 0, chunks_of(bytes(11), chunk_size=1)[0])


def test_a_claim_beyond_what_the_system_gives_is_refused() -> None:
    huge = 2**62
    assembler = assembler_with(max_file_bytes=huge, max_total_bytes=huge)
    chunk = chunks_of(bytes(16))[1]
    with pytest.raises(FileTooLarge, match="no memory for"):
        assembler.receive("topic", 0, 0, replace(chunk, offset=2**60))
    assert assembler.unfinished == []


def test_one_more_unfinished_file_gives_up_the_longest_waiting() -> None:
    assembler = assembler_with(max_unfinished_files=2)
    for offset, name in enumerate(["a", "b"]):
        assembler.receive("topic", 0, offset, first_of_two(name))
    more = chunks_of(bytes(24), "a3")
    assembler.receive("topic", 0, 2, more[0])
    assert names(assembler) == ["b", "a3"]
    assembler.receive("topic", 0, 3, first_of_two("c"))
    assert names(assembler) == ["a3", "c"]
    assembler.receive("topic", 0, 4, more[1])
    assembler.receive("topic", 0, 5, first_of_two("d"))
    assert names(assembler) == ["a3", "d"], "a file that goes on is not the one given up"
    assert [file.path for file in assembler.abandoned] == ["a", "b", "c"]
    assert assembler.counters.abandoned == 3


def test_a_file_of_one_chunk_needs_no_room() -> None:
    assembler = assembler_with(max_unfinished_files=1)
    assembler.receive("topic", 0, 0, first_of_two("a"))
    assert assembler.receive("topic", 0, 1, chunks_of(b"1", "b")[0]) is not None
    assert names(assembler) == ["a"]


def test_unfinished_bytes_beyond_the_limit_give_up_the_longest_waiting() -> None:
    assembler = assembler_with(max_total_bytes=20 * MIB)
    for offset, name in enumerate("abc"):
        assembler.receive("topic", 0, offset, first_of_two(name, size=6 * MIB))
    assert names(assembler) == ["a", "b", "c"]
    assembler.receive("topic", 0, 3, first_of_two("d", size=6 * MIB))
    assert names(assembler) == ["b", "c", "d"]


def test_room_is_given_back() -> None:
    assembler = assembler_with(max_total_bytes=8 * MIB)
    for number in range(10):
        chunks = chunks_of(bytes([number]) * 4 * MIB, f"{number}", chunk_size=2 * MIB)
        files = [assembler.receive("topic", 0, number, chunk) for chunk in chunks]
        assert files[-1] is not None
    assert assembler.counters.abandoned == 0


def test_an_abandoned_file_can_come_again() -> None:
    assembler = assembler_with(max_unfinished_files=1)
    first, last = chunks_of(b"Hello, world")
    assembler.receive("topic", 0, 0, first)
    assembler.receive("topic", 0, 1, first_of_two("other"))
    assert assembler.receive("topic", 0, 2, last) is None
    assert assembler.receive("topic", 0, 3, first) is not None


def test_unfinished_files_tell_what_is_missing(clock: Clock) -> None:
    assembler = assembler_with(clock)
    chunks = chunks_of(bytes(400), "sub/a.dat")
    for partition, offset, index in [(0, 70, 3), (1, 5, 1), (0, 60, 2)]:
        assembler.receive("topic", partition, offset, chunks[index - 1])
        clock.now += 10
    [file] = assembler.unfinished
    assert (file.topic, file.path, file.sha512) == ("topic", "sub/a.dat", chunks[0].file_hash.hex())
    assert (file.have, file.total) == (3, 50)
    assert file.missing == tuple(range(4, 24)), "the first 20"
    assert file.first_offsets == {0: 60, 1: 5}
    assert (file.age, file.idle) == (30.0, 10.0)


def test_duplicates_do_not_keep_a_file_alive(clock: Clock) -> None:
    assembler = assembler_with(clock)
    chunk = first_of_two("a")
    assembler.receive("topic", 0, 0, chunk)
    clock.now += 10
    assembler.receive("topic", 0, 1, chunk)
    assert assembler.unfinished[0].idle == 10.0


def test_idle_files_can_be_given_up(clock: Clock) -> None:
    assembler = assembler_with(clock)
    assembler.receive("topic", 0, 0, first_of_two("old"))
    clock.now += 10
    assembler.receive("topic", 0, 1, first_of_two("new"))
    assembler.abandon_idle(10)
    assert assembler.abandoned == []
    assembler.abandon_idle(9.9)
    assert [file.path for file in assembler.abandoned] == ["old"]
    assert names(assembler) == ["new"]


def test_closing_drops_everything_and_tells_of_nothing_given_up() -> None:
    with assembler_with() as assembler:
        assembler.receive("topic", 0, 0, first_of_two("a"))
    assert assembler.unfinished == []
    assert assembler.abandoned == []


def test_what_was_given_up_is_remembered_up_to_a_limit() -> None:
    assembler = assembler_with(max_unfinished_files=1)
    for number in range(150):
        assembler.receive("topic", 0, number, first_of_two(f"{number}"))
    assert len(assembler.abandoned) == 100
    assert assembler.counters.abandoned == 149


def test_completed_files_are_forgotten_after_the_limit() -> None:
    assembler = Assembling(MemorySink(), register=CompletedFiles(limit=2))
    chunks = [chunks_of(name.encode(), name)[0] for name in ("a", "b", "c")]
    for offset, chunk in enumerate(chunks):
        assert assembler.receive("topic", 0, offset, chunk) is not None
    assert assembler.receive("topic", 0, 2, chunks[2]) is None
    assert assembler.receive("topic", 0, 1, chunks[1]) is None
    assert assembler.receive("topic", 0, 0, chunks[0]) is not None, "forgotten, so a file again"


def test_a_flood_of_beginnings_takes_bounded_memory() -> None:
    assembler = assembler_with(max_unfinished_files=100, max_file_bytes=MIB)
    tracemalloc.start()
    try:
        for number in range(2000):
            assembler.receive("topic", 0, number, first_of_two(f"{number}", size=100))
            # What waits to be hashed has a bound of its own, and counts for nothing here.
            assembler._line.behind().result(DEADLINE)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 600_000
