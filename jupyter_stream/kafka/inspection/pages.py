"""Pages of records of a cluster, and single records."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from confluent_kafka import IsolationLevel

from jupyter_stream.errors import RecordNotFound, TimeUsedUp
from jupyter_stream.kafka.client import ANSWER_SECONDS
from jupyter_stream.kafka.inspection.consumer_pool import ConsumerPool
from jupyter_stream.kafka.inspection.offsets import EARLIEST, LATEST, Question, since
from jupyter_stream.kafka.inspection.page import Page, PageReader
from jupyter_stream.kafka.inspection.place import (
    After,
    Before,
    FromOffset,
    FromTime,
    Newest,
    Place,
)
from jupyter_stream.kafka.inspection.range_consumer import PAGES, SCANS, Stretch
from jupyter_stream.kafka.inspection.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jupyter_stream.kafka.inspection.budget import Budget
    from jupyter_stream.kafka.inspection.connection import Connection
    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.record import Record


def _never() -> bool:
    return False


class Pages:
    """Reads records of a cluster; any thread may call.

    Parameters
    ----------
    connection
        For questions.
    profile
        The cluster.
    """

    def __init__(self, connection: Connection, profile: Profile) -> None:
        self._connection = connection
        self._pool = ConsumerPool(profile, PAGES)
        self._scanners = ConsumerPool(profile, SCANS)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()
        self._scanners.close()

    def span(self, topic: str, partitions: Sequence[int]) -> dict[int, Stretch]:
        """Return where partitions begin and end; what transactions have not committed is beyond.

        Parameters
        ----------
        topic
            Name of the topic.
        partitions
            Which.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic or partition.
        ClusterRefused
            The cluster refuses to tell.
        """
        places = [(topic, partition) for partition in partitions]
        lows = Question(self._connection, places, EARLIEST, ANSWER_SECONDS)
        highs = Question(
            self._connection, places, LATEST, ANSWER_SECONDS, IsolationLevel.READ_COMMITTED
        ).all()
        return {
            place[1]: Stretch(low.offset, highs[place].offset) for place, low in lows.all().items()
        }

    def read(
        self, topic: str, partitions: Sequence[int], place: Place, limit: int, budget: Budget
    ) -> Page:
        """Read a page.

        Parameters
        ----------
        topic
            Name of the topic.
        partitions
            Of which partitions.
        place
            Where it is.
        limit
            How many records at most.
        budget
            How much may be read for it.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic or partition.
        ClusterRefused
            The cluster refuses to give records.
        TimeUsedUp
            The time ended before the first record came.
        """
        span = self.span(topic, partitions)
        with self._pool.lent() as consumer:
            reader = PageReader(consumer, topic, span)
            if isinstance(place, Newest | Before):
                ends = place.offsets if isinstance(place, Before) else _ends(span)
                page = reader.down(ends, limit, budget)
            else:
                page = reader.up(self.begin(topic, place, span), limit, budget)
        if not page.records and not page.complete:
            raise TimeUsedUp(f"no record of {topic!r} came within {budget.seconds:.0f} s")
        return page

    def record(self, topic: str, partition: int, offset: int, budget: Budget) -> Record:
        """Read one record.

        Parameters
        ----------
        topic
            Name of the topic.
        partition, offset
            Where it stands.
        budget
            How much may be read.

        Raises
        ------
        RecordNotFound
            There is none.
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic or partition.
        ClusterRefused
            The cluster refuses to give records.
        """
        span = self.span(topic, [partition])[partition]
        if span.start <= offset < span.end:
            wanted = {partition: Stretch(offset, offset + 1)}
            with self._pool.lent() as consumer:
                found = [
                    record for records in consumer.read(topic, wanted, budget) for record in records
                ]
            if found:
                return found[0]
        raise RecordNotFound(
            f"there is no record {offset} in {topic} [{partition}], which holds {span.start} to "
            f"{span.end - 1}; it may have been deleted, or be a mark of a transaction"
        )

    def stretches(
        self, topic: str, stretches: Mapping[int, Stretch], budget: Budget
    ) -> Iterator[list[Record]]:
        """Yield the records of stretches, as far as they are there, until the budget ends.

        Parameters
        ----------
        topic
            Name of the topic.
        stretches
            What to read, by partition.
        budget
            How much may be read.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic or partition.
        ClusterRefused
            The cluster refuses to give records.
        """
        span = self.span(topic, sorted(stretches))
        there = {
            number: Stretch(max(wanted.start, has.start), min(wanted.end, has.end))
            for number, wanted in stretches.items()
            for has in [span[number]]
            if max(wanted.start, has.start) < min(wanted.end, has.end)
        }
        with self._scanners.lent() as consumer:
            yield from consumer.read(topic, there, budget)

    @contextmanager
    def scan(
        self,
        topic: str,
        partitions: Sequence[int],
        place: Place,
        stopped: Callable[[], bool] = _never,
    ) -> Iterator[Scan]:
        """Open a scan: downwards from the newest or from before a place, else upwards.

        Parameters
        ----------
        topic
            Name of the topic.
        partitions
            Of which partitions.
        place
            Where to begin.
        stopped
            Whether to stop; asked often.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            There is no such topic or partition.
        ClusterRefused
            The cluster refuses to tell.
        """
        span = self.span(topic, partitions)
        begin = self.begin(topic, place, span)
        down = isinstance(place, Newest | Before)
        with self._scanners.lent() as consumer:
            yield Scan(consumer, topic, span, begin, down=down, stopped=stopped)

    def begin(self, topic: str, place: Place, span: Mapping[int, Stretch]) -> dict[int, int]:
        """Return the offset of each partition at which a place begins.

        Parameters
        ----------
        topic
            Name of the topic.
        place
            Where; the newest are behind the last record.
        span
            Where the partitions begin and end.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster refuses to tell.
        """
        match place:
            case FromOffset(offset):
                return dict.fromkeys(span, offset)
            case FromTime(seconds):
                return self._at(topic, seconds, span)
            case After(offsets) | Before(offsets):
                return offsets
            case Newest():
                return _ends(span)
        return {partition: stretch.start for partition, stretch in span.items()}

    def _at(self, topic: str, seconds: float, span: Mapping[int, Stretch]) -> dict[int, int]:
        places = [(topic, partition) for partition in span]
        found = Question(self._connection, places, since(seconds), ANSWER_SECONDS).all()
        # A partition without such a record begins at its end.
        return {
            partition: one.offset if one.offset >= 0 else span[partition].end
            for (_, partition), one in found.items()
        }


def _ends(span: Mapping[int, Stretch]) -> dict[int, int]:
    return {partition: stretch.end for partition, stretch in span.items()}
