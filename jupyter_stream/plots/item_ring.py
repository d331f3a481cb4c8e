"""The newest items of a plot, as many as fit."""

from __future__ import annotations

from collections import deque
from itertools import takewhile
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import Mark

T = TypeVar("T")


class Item(NamedTuple, Generic[T]):
    """A result with its place among all that were added.

    Attributes
    ----------
    serial
        Its number among all results, from 1 on.
    version
        The version of the plot that it came with.
    mark
        Where it comes from.
    value
        The result, as the plot keeps it.
    size
        How much memory it takes, in bytes.
    """

    serial: int
    version: int
    mark: Mark
    value: T
    size: int


class ItemRing(Generic[T]):
    """The newest items; the oldest leave when there are too many or they are too large.

    It has no lock: its owner has one.

    Parameters
    ----------
    capacity
        How many are kept.
    byte_limit
        How much they take together, in bytes; the newest stays however large it is.
    """

    def __init__(self, capacity: int, byte_limit: int) -> None:
        self.capacity = capacity
        self._byte_limit = byte_limit
        self._items: deque[Item[T]] = deque()
        self._size = 0

    def append(self, item: Item[T]) -> None:
        """Put an item to the end.

        Parameters
        ----------
        item
            The newest one.
        """
        self._items.append(item)
        self._size += item.size
        self._drop_oldest()

    def resize(self, capacity: int) -> None:
        """Keep another number of items from now on.

        Parameters
        ----------
        capacity
            The new number.
        """
        self.capacity = capacity
        self._drop_oldest()

    def clear(self) -> None:
        """Forget all items."""
        self._items.clear()
        self._size = 0

    def until(self, serial: int) -> ItemRing[T]:
        """Return a ring of the items up to one of them; of all where none is as old.

        Parameters
        ----------
        serial
            The last one.
        """
        ring: ItemRing[T] = ItemRing(self.capacity, self._byte_limit)
        kept = [item for item in self._items if item.serial <= serial]
        for item in kept or self._items:
            ring.append(item)
        return ring

    def items(self) -> tuple[Item[T], ...]:
        """Return what is there, oldest first."""
        return tuple(self._items)

    def newer(self, version: int) -> tuple[Item[T], ...]:
        """Return the items that came after a version, oldest first.

        Parameters
        ----------
        version
            What is known already.
        """
        # From the new end: a view that keeps pace lacks a few of many.
        fresh = takewhile(lambda item: item.version > version, reversed(self._items))
        return tuple(fresh)[::-1]

    def _drop_oldest(self) -> None:
        while len(self._items) > self.capacity or (
            self._size > self._byte_limit and len(self._items) > 1
        ):
            self._size -= self._items.popleft().size
