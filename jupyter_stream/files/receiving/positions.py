"""How far the partitions of a topic were taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jupyter_stream.kafka.record import Record


class Positions:
    """The next offset of each partition, behind what was taken in."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def begin(self, offsets: Mapping[int, int]) -> None:
        """Note where partitions are begun: one that stays silent has a position as well.

        Parameters
        ----------
        offsets
            The offset of each.
        """
        self._next |= offsets

    def take(self, record: Record) -> None:
        """Note a record that was taken in; records of a partition come in order."""
        self._next[record.partition] = record.offset + 1

    def drop(self, partitions: Iterable[int]) -> None:
        """Forget partitions that somebody else reads now."""
        for partition in partitions:
            self._next.pop(partition, None)

    def safe(self, first_offsets: Mapping[int, int]) -> dict[int, int]:
        """Give for each partition the first offset that is not done.

        Parameters
        ----------
        first_offsets
            The first offset on each partition of the files that are not finished.
        """
        return {
            partition: min(offset, first_offsets.get(partition, offset))
            for partition, offset in self._next.items()
        }


def earliest(offsets: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Give the lowest offset of each partition.

    Parameters
    ----------
    offsets
        Offsets by partition, of one file after another.
    """
    lowest: dict[int, int] = {}
    for of_one in offsets:
        for partition, offset in of_one.items():
            lowest[partition] = min(offset, lowest.get(partition, offset))
    return lowest
