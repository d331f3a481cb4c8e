"""Reading much of a topic, block by block, upwards or downwards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.budget import Budget, record_size
from jupyter_stream.kafka.inspection.range_consumer import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jupyter_stream.kafka.inspection.range_consumer import RangeConsumer
    from jupyter_stream.kafka.record import Record

BLOCK_BYTES = 8 * 2**20
# A block whose records are much larger than those before is read again in smaller parts.
MOST_BLOCK_BYTES = 2**26
FIRST_WINDOW = 16
# How much longer a block is than the one before it, at most.
GROWTH = 16
MOST_OFFSETS = 1_000_000


class Scan:
    """Reads a topic from somewhere to one of its ends.

    `at` is where each partition was read up to (or down to), `offsets` how many offsets were read,
    `bytes` how much. `total` is how many offsets there are to be read.

    Parameters
    ----------
    consumer
        Reads stretches.
    topic
        Name of the topic.
    span
        The first offset of each partition, and the one behind the last.
    begin
        Where to begin in each partition.
    down
        Whether to read downwards, from higher to lower offsets.
    stopped
        Whether to stop; asked often.
    """

    def __init__(
        self,
        consumer: RangeConsumer,
        topic: str,
        span: Mapping[int, Stretch],
        begin: Mapping[int, int],
        *,
        down: bool,
        stopped: Callable[[], bool],
    ) -> None:
        self._consumer = consumer
        self._topic = topic
        self._span = span
        self._down = down
        self._stopped = stopped
        self.at = {
            number: min(max(begin.get(number, stretch.start), stretch.start), stretch.end)
            for number, stretch in span.items()
            if number in begin or not down
        }
        self.total = sum(self._left(number) for number in self.at)
        self.offsets = 0
        self.records = 0
        self.bytes = 0
        self._window = FIRST_WINDOW

    @property
    def done(self) -> bool:
        """Whether everything was read."""
        return not any(self._left(number) for number in self.at)

    def blocks(self) -> Iterator[list[Record]]:
        """Yield the records of block after block, in the order of time within each.

        A block that was stopped is left out; `at` does not count it either.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster refuses to give records.
        """
        while not self.done and not self._stopped():
            stretches = {number: self._next(number) for number in self.at if self._left(number)}
            block = self._read(stretches)
            if block is None:
                return
            if not self._is_whole(stretches):
                self._window = max(1, self._window // GROWTH)
                continue
            self._count(stretches, block)
            yield sorted(block, key=_order, reverse=self._down)

    def _read(self, stretches: Mapping[int, Stretch]) -> list[Record] | None:
        block: list[Record] = []
        # The smallest block has to end, however large it is. A silent cluster ends any.
        budget = Budget(MOST_BLOCK_BYTES if self._window > 1 else math.inf, math.inf)
        for records in self._consumer.read(self._topic, stretches, budget):
            if self._stopped():
                return None
            block += records
        return block

    def _is_whole(self, stretches: Mapping[int, Stretch]) -> bool:
        reached = self._consumer.reached
        return all(reached(number, stretch) >= stretch.end for number, stretch in stretches.items())

    def _count(self, stretches: Mapping[int, Stretch], block: list[Record]) -> None:
        for number, stretch in stretches.items():
            self.at[number] = stretch.start if self._down else stretch.end
            self.offsets += stretch.end - stretch.start
        size = sum(map(record_size, block))
        self.bytes += size
        self.records += len(block)
        fitting = BLOCK_BYTES * self._window // size if size else MOST_OFFSETS
        self._window = max(1, min(fitting, self._window * GROWTH, MOST_OFFSETS))

    def _next(self, number: int) -> Stretch:
        at, (start, end) = self.at[number], self._span[number]
        if self._down:
            return Stretch(max(start, at - self._window), at)
        return Stretch(at, min(end, at + self._window))

    def _left(self, number: int) -> int:
        at, (start, end) = self.at[number], self._span[number]
        return at - start if self._down else end - at


def _order(record: Record) -> tuple[float, int, int]:
    return (record.timestamp or 0.0, record.partition, record.offset)
