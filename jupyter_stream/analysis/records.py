"""Reading records that are there already, into a list."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import closing, contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.analysis.offset_runs import runs_of
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.receiving.reception_plan import checked_start
from jupyter_stream.kafka.connect import current_cluster
from jupyter_stream.kafka.inspection.budget import Budget
from jupyter_stream.kafka.inspection.inspector import Inspector
from jupyter_stream.kafka.inspection.page import PageReader
from jupyter_stream.kafka.inspection.place import (
    After,
    Earliest,
    FromOffset,
    FromTime,
    Newest,
    Place,
)
from jupyter_stream.kafka.inspection.range_consumer import SCANS, RangeConsumer, Stretch
from jupyter_stream.kafka.starting_offsets import epoch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.inspection.pages import Pages
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.kafka.start import Start

MAX_BYTES = 256 * 2**20

Offsets = Mapping[int, "Iterable[int]"]


def records(
    topic: str,
    *,
    newest: int | None = None,
    start: Start | str = "earliest",
    partition: int | None = None,
    offsets: Offsets | None = None,
    limit: int = 10_000,
    max_bytes: int = MAX_BYTES,
    cluster: Cluster | None = None,
) -> list[ReceivedRecord]:
    """Read records that a topic holds now, in the order of their time.

    Where there is no record (any more), because it was deleted or is yet to come, nothing is
    returned for its offset, and nothing is waited for.

    Parameters
    ----------
    topic
        Name of the topic.
    newest
        Instead of `start` and `limit`: so many of the newest records.
    start
        The first record: "earliest", a time, a time span ("-10m", or a timedelta), an offset, or
        the offset of each partition.
    partition
        The only partition to read; all of them if not given.
    offsets
        Instead of all of these: exactly which offsets of which partitions, for example
        `{0: range(100, 200), 3: [17, 42]}`.
    limit
        How many records at most: the first ones.
    max_bytes
        How many bytes they may have together (256 MiB).
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    list of ReceivedRecord
        The records.

    Raises
    ------
    UsageMistake
        An argument has a value that is not offered, or the records are larger than `max_bytes`.
    TopicNotFound
        There is no such topic; the text names the nearest ones.
    NotConnected
        No cluster was given, and none was connected to.
    ClusterUnreachable
        No broker answers.
    ClusterRefused
        The cluster refuses to give records.
    RecordNotFound
        The cluster deleted records while they were read.
    """
    wanted = limit if newest is None else newest
    if wanted < 1:
        raise UsageMistake(f"{wanted!r} is no number of records; give 1 or more")
    if newest is not None and start != "earliest":
        raise UsageMistake("newest and start are two places to read from: leave one of them out")
    if offsets is not None and (start != "earliest" or partition is not None or newest):
        raise UsageMistake("offsets says all of it: leave newest, start and partition out")
    with _opened(cluster or current_cluster(), topic, Budget(max_bytes, math.inf)) as reading:
        if offsets is not None:
            found = reading.at(offsets)[:limit]
        else:
            place = _place(start) if newest is None else Newest()
            found = reading.since(place, reading.chosen(partition), wanted)
    return list(map(ReceivedRecord, found))


class _Reading(NamedTuple):
    """What it takes to read from a topic."""

    topic: str
    partitions: range
    pages: Pages
    consumer: RangeConsumer
    budget: Budget

    def chosen(self, partition: int | None) -> Iterable[int]:
        """Return the partition that is asked for, or all of them."""
        return self.partitions if partition is None else [self._checked(partition)]

    def since(self, place: Place, partitions: Iterable[int], limit: int) -> list[Record]:
        """Return the first records from a place on, or the newest ones."""
        span = self.pages.span(self.topic, list(partitions))
        begin = self.pages.begin(self.topic, place, span)
        for partition in begin:
            self._checked(partition)
        return self._read(span, begin, limit, down=isinstance(place, Newest))

    def at(self, offsets: Offsets) -> list[Record]:
        """Return the records at certain offsets."""
        wanted = {
            self._checked(partition): held if isinstance(held, range) else frozenset(held)
            for partition, held in offsets.items()
        }
        span = self.pages.span(self.topic, list(wanted))
        runs = [
            [(partition, run) for run in runs_of(held, span[partition])]
            for partition, held in wanted.items()
        ]
        found: list[Record] = []
        for column in zip_longest(*runs):
            stretches = dict(one for one in column if one is not None)
            most = sum(stretch.end - stretch.start for stretch in stretches.values())
            found += self._read(stretches, {}, most)
        return sorted(
            (record for record in found if record.offset in wanted[record.partition]),
            key=lambda record: (record.timestamp or 0.0, record.partition, record.offset),
        )

    def _read(
        self,
        span: Mapping[int, Stretch],
        begin: Mapping[int, int],
        limit: int,
        *,
        down: bool = False,
    ) -> list[Record]:
        reader = PageReader(self.consumer, self.topic, span)
        page = (reader.down if down else reader.up)(begin, limit, self.budget)
        # Also where the last batch took the reader to the end, and too far.
        if not page.complete or self.budget.spent:
            raise UsageMistake(
                f"to read these records of {self.topic!r} takes more bytes than max_bytes allows: "
                f"{len(page.records)} of them came first; ask for fewer, or allow for more"
            )
        return page.records[::-1] if down else page.records

    def _checked(self, partition: int) -> int:
        if partition in self.partitions:
            return partition
        raise UsageMistake(
            f"topic {self.topic!r} has no partition {partition}: it has 0 to {self.partitions[-1]}"
        )


@contextmanager
def _opened(cluster: Cluster, topic: str, budget: Budget) -> Iterator[_Reading]:
    partitions = range(cluster.partitions(topic))
    consumer = RangeConsumer(cluster.profile, SCANS)
    with closing(Inspector(cluster.profile)) as inspector, closing(consumer.client):
        yield _Reading(topic, partitions, inspector.pages, consumer, budget)


def _place(start: Start | str) -> Place:
    match checked_start(start):
        case int(offset):
            return FromOffset(offset)
        case Mapping() as offsets:
            return After(dict(offsets))
        case "latest" | None:
            raise UsageMistake(
                f"start={start!r}: from there on no record is there yet; "
                "to get those that come, use watch"
            )
        case "earliest":
            return Earliest()
        case moment:
            return FromTime(epoch_of(moment))
