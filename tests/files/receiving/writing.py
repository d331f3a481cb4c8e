"""Chunks written to a topic of a real broker, to whichever partition a test wants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jupyter_stream.files.partitioning import partition_of
from jupyter_stream.formats.chunk import chunk_key, pack_chunk
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.testing.chunks import chunks_of
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.formats.chunk import Chunk

DEADLINE = 30.0
# An idempotent producer waits half a second before it begins, which hundreds of tests would pay.
QUICK_AND_LARGE = {"message.max.bytes": 4 * 2**20, "enable.idempotence": False}


def write_records(cluster: Cluster, topic: str, records: list[tuple[int, bytes, bytes]]) -> None:
    """Write partition, key and value of records, and wait until the broker has them."""
    writer = Cluster(replace(cluster.profile, producer=QUICK_AND_LARGE)).writer()
    reasons: list[str | None] = []
    for partition, key, value in records:
        writer.write(topic, partition, key, value, reasons.append)

    def all_told() -> bool:
        writer.poll()
        return len(reasons) == len(records)

    wait_until(all_told, f"{len(records)} records to be acknowledged")
    writer.close()
    assert reasons == [None] * len(records)


def write_chunks(
    cluster: Cluster, topic: str, chunks: list[Chunk], partition: int | None = None
) -> None:
    """Write chunks, each to the partition of its file, or all to a certain one."""
    wait_until(lambda: topic in cluster.topics(), "the topic to be known")
    count = cluster.partitions(topic)
    write_records(
        cluster,
        topic,
        [
            (
                partition_of(chunk.path, count) if partition is None else partition,
                chunk_key(chunk),
                pack_chunk(chunk),
            )
            for chunk in chunks
        ],
    )


def write_files(
    cluster: Cluster, topic: str, files: Mapping[str, bytes], chunk_size: int = 1000
) -> None:
    """Write whole files."""
    chunks = [
        chunk
        for path, content in files.items()
        for chunk in chunks_of(content, path, chunk_size=chunk_size)
    ]
    write_chunks(cluster, topic, chunks)
