"""The hash of a whole file, computed along with its chunks in a thread of its own."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha512
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyter_stream.files.receiving.layout import Layout
    from jupyter_stream.files.receiving.part import Part
    from jupyter_stream.formats.chunk import Chunk

# What waits to be hashed holds the records that it came in.
MOST_WAITING_BYTES = 32 * 2**20


class HashLine:
    """One thread that hashes block after block, in the order in which they were put.

    What waits is bounded: `put` waits when it is too much.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "jupyter_stream hash")
        self._waiting: deque[tuple[Future[None], int]] = deque()
        self._bytes = 0

    def put(self, work: Callable[[], None], length: int) -> None:
        """Enter some work.

        Parameters
        ----------
        work
            What the thread does; it raises nothing.
        length
            The bytes in memory that it holds.
        """
        self._waiting.append((self._thread.submit(work), length))
        self._bytes += length
        while self._waiting and (self._waiting[0][0].done() or self._bytes > MOST_WAITING_BYTES):
            done, length = self._waiting.popleft()
            done.result()
            self._bytes -= length

    def behind(self) -> Future[None]:
        """Give what is done as soon as everything is that was put before."""
        return self._thread.submit(lambda: None)

    def close(self) -> None:
        """End the thread; what still waits is left."""
        self._thread.shutdown(cancel_futures=True)


class FileHash:
    """Which chunks of one file are there, and the hash of the file as far as they are in order.

    A chunk that comes in order is hashed from memory; what came out of order is read back from
    the part as soon as all before it is there. So nothing is left to be hashed at the end.
    """

    def __init__(self, line: HashLine, layout: Layout, part: Part) -> None:
        self._line = line
        self._layout = layout
        self._part = part
        self._hash = sha512()
        self._next = 1
        self._ahead: set[int] = set()
        self._end = layout.capacity
        self._only: bytes | None = None
        self._failure: Exception | None = None

    def __contains__(self, index: int) -> bool:
        return index < self._next or index in self._ahead

    def __len__(self) -> int:
        return self._next - 1 + len(self._ahead)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Give the first and the last index of each run of chunks that are missing."""
        expected = self._next
        for index in (*sorted(self._ahead), self._layout.total + 1):
            if index > expected:
                yield expected, index - 1
            expected = index + 1

    def put(self, chunk: Chunk) -> None:
        """Take a chunk that is in the part already.

        Parameters
        ----------
        chunk
            The chunk, verified, and not put before.
        """
        if chunk.index == self._layout.total:
            self._end = chunk.offset + len(chunk.data)
        if self._layout.total == 1:
            self._only = chunk.chunk_hash
        if chunk.index != self._next:
            self._ahead.add(chunk.index)
            return
        self._next += 1
        if self._only is None:
            data = chunk.data
            self._line.put(lambda: self._hash.update(data), len(data))
        if self._ahead:
            self._catch_up()

    def begin_digest(self) -> Callable[[], bytes]:
        """Give a function that waits for the digest of the complete file; for any thread.

        It raises what prevented the part from being read back; then begin again.
        """
        if self._only is not None:
            only = self._only
            return lambda: only
        if self._failure is not None:
            self._failure, self._hash = None, sha512()
            self._line.put(lambda: self._hash_from_part(0, self._end), 0)
        behind = self._line.behind()
        return lambda: self._digest_after(behind)

    def _digest_after(self, behind: Future[None]) -> bytes:
        behind.result()
        if self._failure is not None:
            raise self._failure
        return self._hash.digest()

    def _catch_up(self) -> None:
        """Hash what came before its turn, if its turn is now."""
        first = self._next
        while self._next in self._ahead:
            self._ahead.remove(self._next)
            self._next += 1
        start = (first - 1) * self._layout.stride
        stop = min((self._next - 1) * self._layout.stride, self._end)
        if start < stop:
            self._line.put(lambda: self._hash_from_part(start, stop), 0)

    def _hash_from_part(self, start: int, stop: int) -> None:
        try:
            for block in self._part.read(start, stop):
                self._hash.update(block)
        except Exception as error:  # noqa: BLE001 - it is raised where the digest is asked for
            self._failure = error
