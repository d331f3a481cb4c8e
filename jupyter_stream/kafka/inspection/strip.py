"""One partition as a page is made of it: read in stretches, taken record by record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from typing import TYPE_CHECKING, ClassVar

from jupyter_stream.kafka.inspection.range_consumer import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.kafka.record import Record

# How much longer a stretch is than the one before it, which held no record.
GROWTH = 4


class Strip(ABC):
    """A partition that is read one way.

    `heads` are the records that were read and not taken yet, the next one first.

    Parameters
    ----------
    at
        Where to begin: in front of the offset if read upwards, else behind it.
    limit
        Where the partition ends in the direction of reading.
    """

    whole: ClassVar[bool]
    """Whether nothing of a stretch can be used that was not read to its end."""

    def __init__(self, at: int, limit: int) -> None:
        self.heads: deque[Record] = deque()
        self._at = at
        self._limit = limit
        self._window = 0
        self._was_empty = False

    @property
    def hungry(self) -> bool:
        """Whether nothing is left to take, though there may be more to read."""
        return not self.heads and self._at != self._limit

    @property
    @abstractmethod
    def bound(self) -> int:
        """The offset between what was taken and what was not."""

    def stretch(self, wanted: int, most: int) -> Stretch:
        """Return what to read next; more than is wanted after a gap in the offsets.

        Parameters
        ----------
        wanted
            How many offsets.
        most
            How many at most, behind a gap.
        """
        self._window = max(wanted, min(most, self._window * GROWTH) if self._was_empty else 0)
        return self._next(self._window)

    @abstractmethod
    def fill(self, stretch: Stretch, records: Sequence[Record], reached: int) -> None:
        """Take in what a stretch holds.

        Parameters
        ----------
        stretch
            What was to be read.
        records
            The records, by offset.
        reached
            The next offset, at which reading would have gone on.
        """

    @abstractmethod
    def _next(self, window: int) -> Stretch: ...


class Upwards(Strip):
    """From lower to higher offsets."""

    whole = False

    @property
    def bound(self) -> int:
        """The offset of the next record."""
        return self.heads[0].offset if self.heads else self._at

    def fill(self, stretch: Stretch, records: Sequence[Record], reached: int) -> None:
        """Take in the records, also those of a stretch that was not read to its end."""
        self._was_empty = not records
        self.heads.extend(records)
        self._at = min(max(reached, stretch.start), stretch.end)

    def _next(self, window: int) -> Stretch:
        return Stretch(self._at, min(self._at + window, self._limit))


class Downwards(Strip):
    """From higher to lower offsets."""

    whole = True

    @property
    def bound(self) -> int:
        """The offset behind the next record."""
        return self.heads[0].offset + 1 if self.heads else self._at

    def fill(self, stretch: Stretch, records: Sequence[Record], reached: int) -> None:
        """Take in the records of a whole stretch: of a part, the newest ones are missing."""
        self._was_empty = not records
        if reached >= stretch.end:
            self.heads.extend(reversed(records))
            self._at = stretch.start

    def _next(self, window: int) -> Stretch:
        return Stretch(max(self._at - window, self._limit), self._at)
