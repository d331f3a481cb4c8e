"""A page of records: of several partitions, merged by time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.strip import Downwards, Strip, Upwards

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyter_stream.kafka.inspection.budget import Budget
    from jupyter_stream.kafka.inspection.range_consumer import RangeConsumer, Stretch
    from jupyter_stream.kafka.record import Record

# What is read at once where only gaps were found so far.
GREATEST_GAP = 65_536

Offsets = dict[int, int]
"""An offset of each partition."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some records that stand next to each other.

    Attributes
    ----------
    records
        In the order in which they were asked for: upwards or downwards in time.
    before
        The offset of each partition at which the page begins; None if there is nothing before.
    after
        The offset of each partition at which the page ends.
    scanned_bytes
        How much was read for it.
    complete
        False if the budget ended before the page was full.
    """

    records: list[Record]
    before: Offsets | None
    after: Offsets
    scanned_bytes: int
    complete: bool


class PageReader:
    """Reads pages of a topic.

    Parameters
    ----------
    consumer
        Reads stretches.
    topic
        Name of the topic.
    span
        The first offset of each partition that is read, and the one behind the last.
    """

    def __init__(self, consumer: RangeConsumer, topic: str, span: Mapping[int, Stretch]) -> None:
        self._consumer = consumer
        self._topic = topic
        self._span = span

    def up(self, begin: Mapping[int, int], limit: int, budget: Budget) -> Page:
        """Read a page upwards, from lower to higher offsets.

        Parameters
        ----------
        begin
            Where to begin in each partition; those that are not named begin at their first record.
        limit
            How many records at most.
        budget
            How much may be read.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster refuses to give records.
        """
        starts = {p: _within(begin.get(p, span.start), span) for p, span in self._span.items()}
        strips: dict[int, Strip] = {
            number: Upwards(start, self._span[number].end) for number, start in starts.items()
        }
        records, complete = self._merged(strips, limit, budget, _early)
        after = {number: strip.bound for number, strip in strips.items()}
        return Page(records, self._unless_first(starts), after, budget.bytes, complete)

    def down(self, begin: Mapping[int, int], limit: int, budget: Budget) -> Page:
        """Read a page downwards, from higher to lower offsets.

        Parameters
        ----------
        begin
            Behind what to begin in each partition; those that are not named are left out.
        limit
            How many records at most.
        budget
            How much may be read.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster refuses to give records.
        """
        known = self._span.keys() & begin.keys()
        ends = {number: _within(begin[number], self._span[number]) for number in sorted(known)}
        strips: dict[int, Strip] = {
            number: Downwards(end, self._span[number].start) for number, end in ends.items()
        }
        records, complete = self._merged(strips, limit, budget, _late)
        before = {number: strip.bound for number, strip in strips.items()}
        return Page(records, self._unless_first(before), ends, budget.bytes, complete)

    def _unless_first(self, offsets: Offsets) -> Offsets | None:
        is_first = all(offset <= self._span[number].start for number, offset in offsets.items())
        return None if is_first else offsets

    def _merged(
        self,
        strips: Mapping[int, Strip],
        limit: int,
        budget: Budget,
        order: Callable[[Strip], tuple[float, int]],
    ) -> tuple[list[Record], bool]:
        """Take records until there are enough, and tell whether the budget allowed for that."""
        taken: list[Record] = []
        while len(taken) < limit:
            hungry = {number: strip for number, strip in strips.items() if strip.hungry}
            if hungry and not budget.spent:
                self._feed(hungry, limit - len(taken), budget)
                continue
            full = [strip for strip in strips.values() if strip.heads]
            # What a hungry partition holds might come before what the others do.
            if not full or (hungry and taken):
                return taken, not hungry
            taken.append(min(full, key=order).heads.popleft())
        return taken, True

    def _feed(self, hungry: Mapping[int, Strip], wanted: int, budget: Budget) -> None:
        first = next(iter(hungry.values()))
        # The first tells how large they are: hundreds of large ones must not be read to show one.
        window, most = (
            (1, GREATEST_GAP)
            if first.whole and not budget.records
            else _window(wanted, len(hungry), budget)
        )
        stretches = {number: strip.stretch(window, most) for number, strip in hungry.items()}
        found: dict[int, list[Record]] = defaultdict(list)
        for records in self._consumer.read(self._topic, stretches, budget):
            for record in records:
                found[record.partition].append(record)
        for number, stretch in stretches.items():
            hungry[number].fill(stretch, found[number], self._consumer.reached(number, stretch))


def _window(wanted: int, partitions: int, budget: Budget) -> tuple[int, int]:
    """Return how many records of each partition to read, and how many could be afforded."""
    share = -(-2 * wanted // partitions)
    affordable = int(budget.bytes_left / max(1.0, budget.mean_size) / partitions)
    return max(1, min(wanted, share, affordable)), max(1, affordable)


def _within(offset: int, span: Stretch) -> int:
    return min(max(offset, span.start), span.end)


def _early(strip: Strip) -> tuple[float, int]:
    record = strip.heads[0]
    return (record.timestamp or 0.0, record.partition)


def _late(strip: Strip) -> tuple[float, int]:
    record = strip.heads[0]
    return (-(record.timestamp or 0.0), -record.partition)
