"""Files out of chunks: order, loss, duplicates, versions, contradictions."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha512

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import BadChunk, FileTooLarge, FormatError, NotStored, UnsafePath
from jupyter_stream.files.receiving.memory_sink import MemoryPart, MemorySink
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.formats.chunk import Chunk, pack_chunk, unpack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling

HELLO = b"Hello, world"


@pytest.fixture
def assembler() -> Assembling:
    return Assembling(MemorySink())


def add_all(
    assembler: Assembling, chunks: Iterable[Chunk], start: int = 0, partition: int = 0
) -> list[ReceivedFile]:
    files = (
        assembler.receive("topic", partition, offset, chunk)
        for offset, chunk in enumerate(chunks, start=start)
    )
    return [file for file in files if file]


def cut(draw: st.DrawFn, path: str, data: bytes) -> list[Chunk]:
    """Give the chunks of a file, perhaps cut in two ways, perhaps with duplicates."""
    sizes = draw(st.sets(st.integers(1, 30), min_size=1, max_size=2))
    chunks = [chunk for size in sizes for chunk in chunks_of(data, path, chunk_size=size)]
    return chunks + draw(st.lists(st.sampled_from(chunks), max_size=3))


@st.composite
def shuffled(draw: st.DrawFn, sent: set[tuple[str, bytes]]) -> list[Chunk]:
    return draw(st.permutations([chunk for file in sorted(sent) for chunk in cut(draw, *file)]))


def contents(files: Iterable[ReceivedFile]) -> list[tuple[str, bytes]]:
    return sorted((file.path, bytes(file.data)) for file in files)


@given(st.dictionaries(st.sampled_from("abc"), st.binary(max_size=60), min_size=1), st.data())
def test_files_in_any_order_with_duplicates_come_once(
    sent: dict[str, bytes], data: st.DataObject
) -> None:
    assembler = Assembling(MemorySink())
    received = add_all(assembler, data.draw(shuffled(set(sent.items()))))
    assert contents(received) == sorted(sent.items())
    assert assembler.unfinished == []
    assert assembler.counters.completed == len(sent)


@given(st.sets(st.binary(max_size=60), min_size=1, max_size=4), st.data())
def test_interleaved_versions_never_mix_and_a_rewind_changes_nothing(
    versions: set[bytes], data: st.DataObject
) -> None:
    sent = {("a", version) for version in versions}
    records = data.draw(
        st.permutations([c for path, version in sorted(sent) for c in chunks_of(version, path)])
    )
    assembler = Assembling(MemorySink())
    assert contents(add_all(assembler, records)) == sorted(sent)
    assert add_all(assembler, records) == []
    assert assembler.unfinished == []


@given(st.sets(st.binary(max_size=60), min_size=1, max_size=4), st.data())
def test_versions_with_duplicates_in_several_cuts_all_come(
    versions: set[bytes], data: st.DataObject
) -> None:
    sent = {("a", version) for version in versions}
    received = add_all(Assembling(MemorySink()), data.draw(shuffled(sent)))
    assert set(contents(received)) == sent


@given(st.binary(min_size=9, max_size=100), st.integers(1, 8), st.data())
def test_a_lost_chunk_leaves_its_file_unfinished_and_others_complete(
    content: bytes, size: int, data: st.DataObject
) -> None:
    chunks = chunks_of(content, "lossy.dat", chunk_size=size)
    lost = data.draw(st.sampled_from(chunks))
    others = chunks_of(HELLO, "other.txt")
    arriving = data.draw(st.permutations([c for c in chunks if c is not lost] * 2 + others))
    assembler = Assembling(MemorySink())
    assert [file.path for file in add_all(assembler, arriving)] == ["other.txt"]
    [unfinished] = assembler.unfinished
    assert unfinished.missing == (lost.index,)
    assert (unfinished.have, unfinished.total) == (len(chunks) - 1, len(chunks))
    file = assembler.receive("topic", 0, 1000, lost)
    assert file is not None
    assert bytes(file.data) == content


@given(st.data())
def test_no_corrupted_byte_yields_wrong_content(data: st.DataObject) -> None:
    records = [pack_chunk(chunk) for chunk in chunks_of(HELLO, "sub/hi.txt", append="_v2")]
    which = data.draw(st.integers(0, 1))
    position = data.draw(st.integers(0, len(records[which]) - 1))
    damaged = bytearray(records[which])
    damaged[position] ^= data.draw(st.integers(1, 255))
    records[which] = bytes(damaged)
    assembler = Assembling(MemorySink())
    received = []
    for offset, record in enumerate(records):
        with suppress(FormatError, UnsafePath, FileTooLarge):
            received.append(assembler.receive("topic", 0, offset, unpack_chunk(record)))
    assert all(file is None or bytes(file.data) == HELLO for file in received)


def test_the_same_path_on_two_topics_is_two_files(assembler: Assembling) -> None:
    first, second = chunks_of(HELLO)
    assert assembler.receive("one", 0, 0, first) is None
    assert assembler.receive("two", 0, 0, second) is None
    assert [file.topic for file in assembler.unfinished] == ["one", "two"]


def test_a_file_sent_again_in_other_chunks_completes(assembler: Assembling) -> None:
    interrupted = chunks_of(HELLO, chunk_size=8)[:1]
    again = chunks_of(HELLO, chunk_size=5)
    [file] = add_all(assembler, interrupted + again)
    assert file.text() == "Hello, world"
    assert assembler.unfinished == []
    assert assembler.counters.abandoned == 0


def test_a_last_chunk_that_ends_elsewhere_is_refused(assembler: Assembling) -> None:
    first, last = chunks_of(HELLO)
    assembler.receive("topic", 0, 0, last)
    other = replace(last, data=b"orl", chunk_hash=sha512(b"orl").digest())
    with pytest.raises(BadChunk, match="has 12 bytes, but another last chunk ends it at byte 11"):
        assembler.receive("topic", 0, 1, other)
    file = assembler.receive("topic", 0, 2, first)
    assert file is not None
    assert file.text() == "Hello, world"


def test_a_chunk_with_wrong_data_counts_as_missing(assembler: Assembling) -> None:
    first, last = chunks_of(HELLO)
    assembler.receive("topic", 0, 0, first)
    with pytest.raises(BadChunk, match="do not match their hash"):
        assembler.receive("topic", 0, 1, replace(last, data=b"orlt"))
    [unfinished] = assembler.unfinished
    assert unfinished.missing == (2,)
    assert [file.text() for file in add_all(assembler, [last], start=2)] == ["Hello, world"]


def test_a_file_that_differs_as_a_whole_is_dropped_and_can_be_sent_again(
    assembler: Assembling,
) -> None:
    first, last = chunks_of(HELLO)
    forged = replace(last, data=b"orlt", chunk_hash=sha512(b"orlt").digest())
    assembler.receive("topic", 0, 0, first)
    with pytest.raises(BadChunk, match="whole-file hash differs"):
        assembler.receive("topic", 0, 1, forged)
    assert assembler.unfinished == []
    [file] = add_all(assembler, [first, last], start=2)
    assert file.text() == "Hello, world"


def test_an_only_chunk_that_is_not_its_file_is_refused(assembler: Assembling) -> None:
    [chunk] = chunks_of(b"one")
    with pytest.raises(BadChunk, match="whole-file hash differs"):
        assembler.receive("topic", 0, 0, replace(chunk, file_hash=bytes(64)))
    assert assembler.unfinished == []


def test_chunks_of_a_completed_file_are_duplicates(assembler: Assembling) -> None:
    chunks = chunks_of(HELLO)
    assert len(add_all(assembler, chunks)) == 1
    assert add_all(assembler, chunks, start=0) == []
    assert add_all(assembler, chunks, start=50) == []
    assert assembler.unfinished == []
    assert assembler.counters.duplicates == 4


def test_a_content_that_returns_after_another_is_a_new_file(assembler: Assembling) -> None:
    old, new = chunks_of(b"old content"), chunks_of(b"new content")
    received = add_all(assembler, old + new + old)
    assert [file.text() for file in received] == ["old content", "new content", "old content"]


def test_a_rewind_over_two_versions_delivers_neither_again(assembler: Assembling) -> None:
    records = chunks_of(b"old content") + chunks_of(b"new content")
    assert len(add_all(assembler, records)) == 2
    assert add_all(assembler, records) == []
    assert assembler.unfinished == []


def test_a_rewind_over_a_repetition_delivers_nothing_again(assembler: Assembling) -> None:
    old, new = chunks_of(b"old content"), chunks_of(b"new content")
    records = old + old + new
    assert len(add_all(assembler, records)) == 2
    assert add_all(assembler, records) == []
    assert assembler.unfinished == []


def test_a_repetition_within_a_file_does_not_shorten_where_it_was_read(
    assembler: Assembling,
) -> None:
    first, second, third = chunks_of(b"a longer old content")
    for partition, offset, chunk in [(0, 3, first), (0, 5, second), (0, 3, first), (1, 0, third)]:
        assembler.receive("topic", partition, offset, chunk)
    assert len(add_all(assembler, chunks_of(b"new content"), start=6)) == 1
    assert assembler.receive("topic", 0, 5, second) is None
    assert assembler.unfinished == []


def test_counters_tell_what_was_done(assembler: Assembling) -> None:
    first, last = chunks_of(HELLO)
    add_all(assembler, [first, first, last])
    add_all(assembler, [first], start=3)
    with pytest.raises(BadChunk):
        assembler.receive("topic", 0, 4, replace(chunks_of(b"x")[0], file_hash=bytes(64)))
    assert assembler.counters._asdict() == {
        "chunks": 5,
        "duplicates": 2,
        "repeated": 1,
        "refused": 1,
        "bytes": 13,
        "completed": 1,
        "present": 0,
        "superseded": 0,
        "abandoned": 0,
    }


def test_the_time_comes_from_whatever_chunk_has_it(assembler: Assembling) -> None:
    first, last = chunks_of(HELLO, mtime=5.0)
    [file] = add_all(assembler, [first, replace(last, mtime=None)])
    assert file.mtime == 5.0


def test_a_part_that_could_not_be_read_back_for_a_moment_is_read_again() -> None:
    class Reluctant(MemoryPart):
        refusals = 1

        def read(self, start: int, stop: int) -> Iterator[memoryview]:
            if self.refusals:
                self.refusals -= 1
                raise NotStored("the disk does not answer")
            return super().read(start, stop)

    class ReluctantSink(MemorySink):
        def begin(self, path: str, capacity: int) -> MemoryPart:
            return Reluctant(path, capacity)

    assembler = Assembling(ReluctantSink())
    first, second, last = chunks_of(b"abcdefgh", "a", chunk_size=3)
    assert add_all(assembler, [first, last]) == []
    with pytest.raises(NotStored):
        assembler.receive("topic", 0, 2, second)
    finished = assembler.finish(wait=True)
    assert [bytes(done.file.data) for done in finished.completions if done.file] == [b"abcdefgh"]
