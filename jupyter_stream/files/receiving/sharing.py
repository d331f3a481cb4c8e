"""Whether a consumer group can share a topic: only if all chunks of a file are on one partition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.files.partitioning import partition_of

if TYPE_CHECKING:
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.record_reader import RecordReader


# Longer than a group takes to share partitions out anew.
PATIENCE_SECONDS = 15.0


def is_out_of_place(chunk: Chunk, record: Record, reader: RecordReader) -> bool:
    """Tell whether other chunks of a file may lie on other partitions."""
    count = reader.partition_count
    return chunk.total > 1 and count > 1 and record.partition != partition_of(chunk.path, count)


def must_leave(reader: RecordReader, seconds: float) -> bool:
    """Tell whether this member has to leave a group in which one has to read all partitions.

    The one with the first partition stays, and gets all as soon as the others are gone. If they
    are not after a while, they saw no reason to: then it is the one to leave.

    Parameters
    ----------
    reader
        This member.
    seconds
        How long it has been known that the topic cannot be shared.
    """
    partitions = reader.partitions
    has_some = bool(partitions) and len(partitions) < reader.partition_count
    return has_some and (0 not in partitions or seconds > PATIENCE_SECONDS)
