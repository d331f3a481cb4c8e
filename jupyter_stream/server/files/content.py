"""The content of a file, put together from its chunks and verified."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import FileChanged, FormatError, TimeUsedUp
from jupyter_stream.files.receiving.assemble import Assembler
from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.formats.chunk import unpack_chunk, verify
from jupyter_stream.kafka.inspection.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.inspection.pages import Pages
    from jupyter_stream.kafka.inspection.range_consumer import Stretch
    from jupyter_stream.kafka.record import Record


class FileWanted(NamedTuple):
    """Which file.

    Attributes
    ----------
    topic
        Where it is.
    stretches
        The offsets of its chunks, by partition; others may lie between them.
    sha512
        The hash of the whole file.
    """

    topic: str
    stretches: Mapping[int, Stretch]
    sha512: bytes


def read_file(
    pages: Pages, wanted: FileWanted, max_file_bytes: int, max_bytes: int, max_seconds: float
) -> ReceivedFile:
    """Put a file together in memory.

    Parameters
    ----------
    pages
        Reads records.
    wanted
        Which file.
    max_file_bytes
        How large it may be.
    max_bytes, max_seconds
        How much may be read for it, and how long that may take.

    Raises
    ------
    FileChanged
        Not all of its chunks are there.
    FileTooLarge
        It is larger than allowed.
    TimeUsedUp
        The budget has ended before the last chunk came.
    StreamError
        A chunk is damaged, the path is unsafe, or the topic cannot be read.
    """
    deadline = time.monotonic() + max_seconds
    budget = Budget(max_bytes, max_seconds)
    limits = AssemblyLimits(max_file_bytes=max_file_bytes, max_total_bytes=2 * max_file_bytes)
    with Assembler(MemorySink(), limits) as assembler:
        for record, chunk in _chunks(pages, wanted, budget):
            assembler.add(record.topic, record.partition, record.offset, chunk)
            if assembler.finishing:
                break
        finished = assembler.finish(wait=True)
        for _, error in finished.refusals:
            raise error
        for completion in finished.completions:
            if completion.file is not None:
                return completion.file
    if budget.spent or time.monotonic() > deadline:
        raise TimeUsedUp("the file is spread over so many records that reading it was given up")
    raise FileChanged("not all chunks of the file are in the topic (any more)")


def _chunks(pages: Pages, wanted: FileWanted, budget: Budget) -> Iterator[tuple[Record, Chunk]]:
    """Yield the chunks of the file that are not damaged; another copy may be whole."""
    for records in pages.stretches(wanted.topic, wanted.stretches, budget):
        for record in records:
            try:
                chunk = unpack_chunk(record.value)
                if chunk.file_hash == wanted.sha512:
                    verify(chunk)
                    yield record, chunk
            except FormatError:
                continue
