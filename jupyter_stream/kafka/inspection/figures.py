"""How much is in topics: of many at once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.errors import StreamError
from jupyter_stream.kafka.inspection.offsets import EARLIEST, LATEST, NEWEST, Found, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jupyter_stream.kafka.inspection.connection import Connection
    from jupyter_stream.kafka.inspection.offsets import Place


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is in a topic.

    Attributes
    ----------
    records
        How many offsets its partitions hold.
    is_estimate
        Whether there may be fewer records: offsets of compacted or transactional topics have gaps.
    bytes
        What they take on disk; None if unknown.
    newest
        Time of the newest record in epoch seconds; None without records, or if unknown.
    high
        Sum of the high watermarks.
    time
        When this was so, in epoch seconds.
    """

    records: int
    is_estimate: bool
    bytes: int | None
    newest: float | None
    high: int
    time: float


@dataclass(frozen=True, slots=True)
class NoFigures:
    """Why nothing is known of a topic.

    Attributes
    ----------
    error
        The reason.
    """

    error: str


class FiguresQuestion:
    """Asks how much is in topics.

    Parameters
    ----------
    connection
        To the cluster.
    partitions
        The partitions of each topic.
    seconds
        How long it may take.
    """

    def __init__(
        self,
        connection: Connection,
        partitions: Mapping[str, Iterable[int]],
        seconds: float,
    ) -> None:
        places = [(topic, number) for topic, numbers in partitions.items() for number in numbers]
        self._topics = partitions
        # All three are on their way at the same time.
        lows, highs, newest = (
            Question(connection, places, what, seconds) for what in (EARLIEST, LATEST, NEWEST)
        )
        self._lows = lows.each()
        self._highs = highs.each()
        # Clusters older than Kafka 3.0 do not know the newest record: then it is unknown.
        self._newest = newest.each()
        self._time = time.time()

    def of(self, topic: str, *, gaps: bool, size: int | None) -> Figures | NoFigures:
        """Return how much is in a topic.

        Parameters
        ----------
        topic
            One of those that were asked for.
        gaps
            Whether its offsets may have gaps.
        size
            What it takes on disk, in bytes; None if unknown.
        """
        places = [(topic, number) for number in self._topics[topic]]
        try:
            lows, highs = (_offsets(told, places) for told in (self._lows, self._highs))
        except StreamError as error:
            return NoFigures(str(error))
        records = sum(highs) - sum(lows)
        return Figures(records, gaps, size, self._latest(places), sum(highs), self._time)

    def _latest(self, places: list[Place]) -> float | None:
        told = [self._newest[place] for place in places]
        return max((one.time for one in told if isinstance(one, Found) and one.time), default=None)


def _offsets(told: Mapping[Place, Found | StreamError], places: list[Place]) -> list[int]:
    offsets = []
    for place in places:
        one = told[place]
        if not isinstance(one, Found):
            raise one
        offsets.append(one.offset)
    return offsets
