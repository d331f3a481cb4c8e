"""The bare loop and the hashing loops: what Kafka's client can do at all.

Both use the settings of ours: acknowledged by all replicas, written once.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from confluent_kafka import Consumer, Producer, TopicPartition

from tests.benchmarks.transfer.case import CHUNK, PARTITIONS
from tests.benchmarks.transfer.sides.gate import await_start, tell_end

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRODUCER = {
    "acks": "all",
    "enable.idempotence": True,
    "linger.ms": 5,
    "queue.buffering.max.kbytes": 65_536,
}
_CONSUMER = {
    "group.id": "benchmark",
    "enable.auto.commit": False,
    "fetch.queue.backoff.ms": 5,
    "queued.max.messages.kbytes": 65_536,
    # Tried: with the default of 1 MiB a partition is read several times slower, with 16 MiB too.
    "max.partition.fetch.bytes": 4 * 2**20,
}
_IN_FLIGHT = 64
# Tried: larger batches of large records are slower.
_BATCH_BYTES = 4 * 2**20
_BATCH_RECORDS = 500
# Below this a thread costs more than the hash.
_WORTH_A_THREAD = 65_536

Piece = tuple[int, bytes]


def main() -> None:
    """Run one of the loops, as the command line says."""
    what, bootstrap, topic, *rest = sys.argv[1:]
    if what.startswith("produce"):
        _produce(bootstrap, topic, Path(rest[0]), _SOURCES[what])
    else:
        records, size = map(int, rest)
        batch = min(_BATCH_RECORDS, _BATCH_BYTES // min(size, CHUNK))
        _consume(bootstrap, topic, records, batch, hashing=what == "consume-hashing")


def _produce(bootstrap: str, topic: str, folder: Path, pieces: _Source) -> None:
    producer = Producer({"bootstrap.servers": bootstrap, **_PRODUCER})
    # One record, so that it is connected and has its number as a writer before the clock starts.
    producer.produce(topic, b"first", partition=0)
    producer.flush()
    files = [(path, path.stat().st_size) for path in sorted(folder.iterdir())]
    start = await_start()
    for partition, piece in pieces(files):
        while not _queued(producer, topic, partition, piece):
            producer.poll(0.1)
        producer.poll(0)
    producer.flush()
    tell_end(start)


def _queued(producer: Producer, topic: str, partition: int, value: bytes) -> bool:
    try:
        producer.produce(topic, value, partition=partition, on_delivery=_must_be_stored)
    except BufferError:
        return False
    return True


def _must_be_stored(error: object, _message: object) -> None:
    if error is not None:
        raise RuntimeError(error)


def _same_bytes(files: list[tuple[Path, int]]) -> Iterator[Piece]:
    """Give pieces of memory of the sizes of the chunks; nothing is read."""
    memory = os.urandom(CHUNK)
    for path, size in files:
        for start in range(0, size, CHUNK):
            yield _partition(path), memory[: min(CHUNK, size - start)]


def _hashed(files: list[tuple[Path, int]]) -> Iterator[Piece]:
    """Read files piece by piece, and give each once its hash and its place in the file's are in."""
    hashing = _Hashing()
    for path, _ in files:
        partition = _partition(path)
        hashing.begin_file()
        with path.open("rb", buffering=0) as file:
            while piece := file.read(CHUNK):
                yield from hashing.pass_through((partition, piece))
    yield from hashing.rest()


def _hashed_first(files: list[tuple[Path, int]]) -> Iterator[Piece]:
    """Hash each file before its first piece is given, as the format wants it; then read it again.

    One file after the other: nothing of the next is done while one is sent.
    """
    for path, size in files:
        for _ in _hashed([(path, size)]):
            pass
        with path.open("rb", buffering=0) as file:
            while piece := file.read(CHUNK):
                yield _partition(path), piece


_Source = Callable[[list[tuple[Path, int]]], "Iterator[Piece]"]
_SOURCES: dict[str, _Source] = {
    "produce": _same_bytes,
    "produce-hashing": _hashed,
    "produce-hash-first": _hashed_first,
}


def _partition(path: Path) -> int:
    return zlib.crc32(path.name.encode()) % PARTITIONS


def _consume(bootstrap: str, topic: str, records: int, batch: int, *, hashing: bool) -> None:
    consumer = Consumer({"bootstrap.servers": bootstrap, **_CONSUMER})
    consumer.list_topics(topic)
    start = await_start()
    consumer.assign([TopicPartition(topic, part, 0) for part in range(PARTITIONS)])
    taken = 0
    for _piece in _pieces(consumer, records, batch, _Hashing() if hashing else None):
        taken += 1
    tell_end(start, records=taken)
    consumer.close()


def _pieces(consumer: Consumer, left: int, batch: int, hashing: _Hashing | None) -> Iterator[Piece]:
    while left:
        messages = consumer.consume(min(left, batch), 0.1)
        left -= len(messages)
        for message in messages:
            piece = (message.partition() or 0, message.value() or b"")
            if hashing is None:
                yield piece
            else:
                yield from hashing.pass_through(piece)
    if hashing is not None:
        yield from hashing.rest()


class _Hashing:
    """Two threads: one hashes each piece, the other the file; as many as allowed are in flight."""

    def __init__(self) -> None:
        self._chunks = ThreadPoolExecutor(1)
        self._files = ThreadPoolExecutor(1)
        self._digest = hashlib.sha512()
        self._in_flight: deque[tuple[Piece, Future[object], Future[None]]] = deque()

    def begin_file(self) -> None:
        self._digest = hashlib.sha512()

    def pass_through(self, piece: Piece) -> Iterator[Piece]:
        """Take a piece in, and give those that are ready, in order."""
        data = piece[1]
        if len(data) < _WORTH_A_THREAD:
            hashlib.sha512(data).digest()
            hashlib.sha512(data).digest()
            yield piece
            return
        update: Callable[[bytes], None] = self._digest.update
        self._in_flight.append(
            (piece, self._chunks.submit(_digest, data), self._files.submit(update, data))
        )
        while len(self._in_flight) > _IN_FLIGHT:
            yield self._next()

    def rest(self) -> Iterator[Piece]:
        """Give what is still in flight."""
        while self._in_flight:
            yield self._next()

    def _next(self) -> Piece:
        piece, chunk, file = self._in_flight.popleft()
        chunk.result()
        file.result()
        return piece


def _digest(data: bytes) -> bytes:
    return hashlib.sha512(data).digest()


if __name__ == "__main__":
    main()
