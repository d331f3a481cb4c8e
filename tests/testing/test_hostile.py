"""The corpus of hostile messages, against the format and the assembler."""

import tracemalloc
from pathlib import Path

import pytest

from jupyter_stream.errors import BadChunk, FileTooLarge, NotAChunk, StreamError, UnsafePath
from jupyter_stream.files.ledger import STATE_FOLDER
from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.formats.chunk import unpack_chunk
from jupyter_stream.testing.chunks import chunks_of
from jupyter_stream.testing.hostile import HostileMessage, hostile_messages
from tests.files.receiving.assembling import Assembling

REFUSALS = (NotAChunk, BadChunk, UnsafePath, FileTooLarge)
CORPUS = hostile_messages()


def feed(assembler: Assembling, message: HostileMessage) -> None:
    assembler.receive("topic", 0, 0, unpack_chunk(message.value))


def test_names_are_unique_and_the_corpus_is_the_same_each_time() -> None:
    assert len({message.name for message in CORPUS}) == len(CORPUS) > 100
    assert hostile_messages() == CORPUS


@pytest.mark.parametrize("message", CORPUS, ids=lambda message: message.name)
def test_each_is_refused_and_a_good_file_still_arrives(message: HostileMessage) -> None:
    assembler = Assembling(MemorySink())
    first, second = chunks_of(b"Hello, world")
    assembler.receive("topic", 0, 0, first)
    with pytest.raises(REFUSALS) as caught:
        feed(assembler, message)
    assert len(str(caught.value)) > 20
    file = assembler.receive("topic", 0, 2, second)
    assert file is not None
    assert file.text() == "Hello, world"
    assert not assembler.unfinished


def test_on_disk_nothing_is_left_of_the_corpus(tmp_path: Path) -> None:
    output = tmp_path / "a" / "output"
    with Assembling(DiskSink(output)) as assembler:
        for message in CORPUS:
            with pytest.raises(REFUSALS):
                feed(assembler, message)
    state = output / STATE_FOLDER
    own = {state, state / "parts", state / "downloads.lock"}
    assert set(tmp_path.rglob("*")) == {output.parent, output} | own


def test_memory_stays_bounded_while_the_corpus_is_fed() -> None:
    assembler = Assembling(MemorySink())
    tracemalloc.start()
    try:
        for message in CORPUS:
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            with pytest.raises(StreamError):
                feed(assembler, message)
            peak = tracemalloc.get_traced_memory()[1] - before
            assert peak < 200_000, message.name
    finally:
        tracemalloc.stop()
