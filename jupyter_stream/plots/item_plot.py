"""What the plots have in common: a lock, a version, settings, and a ring of the newest items."""

from __future__ import annotations

from copy import copy
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from jupyter_stream.plots.item_ring import Item, ItemRing
from jupyter_stream.plots.settings import checked
from jupyter_stream.plots.short_text import short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from jupyter_stream.plots.plot_model import Mark
    from jupyter_stream.plots.settings import Rule

T = TypeVar("T")

BYTE_LIMIT = 64 * 2**20


class Moment(NamedTuple, Generic[T]):
    """A plot as it was at one moment.

    Attributes
    ----------
    version, total
        The version then, and how many items had been added.
    settings
        The settings then.
    items
        What was kept, oldest first.
    fresh
        Those of them that a view lacks.
    """

    version: int
    total: int
    settings: Mapping[str, Any]
    items: tuple[Item[T], ...]
    fresh: tuple[Item[T], ...]


class ItemPlot(Generic[T]):
    """Keeps the newest items and the settings of a plot.

    Items are put in by any thread in a moment; whatever takes longer is done by whoever looks.

    Parameters
    ----------
    title
        Title of the plot.
    rules
        What can be set.
    defaults
        What is set at first.
    ring
        Keeps the items.
    """

    def __init__(
        self,
        title: str,
        rules: Mapping[str, Rule],
        defaults: Mapping[str, Any],
        ring: ItemRing[T],
    ) -> None:
        self._title = title
        self._rules = rules
        self._settings: Mapping[str, Any] = MappingProxyType(dict(defaults))
        self._ring = ring
        self._lock = Lock()
        self._version = 0
        self._total = 0

    @property
    def title(self) -> str:
        """The title of the plot."""
        return self._title

    @property
    def version(self) -> int:
        """Grows with every change, of the settings too; 0 before the first."""
        return self._version

    @property
    def total(self) -> int:
        """How many items were added so far."""
        return self._total

    @property
    def settings(self) -> Mapping[str, Any]:
        """What can be configured, as it is now."""
        return self._settings

    def items(self) -> tuple[Item[T], ...]:
        """Return what is kept, oldest first."""
        with self._lock:
            return self._ring.items()

    def held(self, total: int) -> Self:
        """Return the plot as it was, to be looked at for a while; nothing is added to it.

        Parameters
        ----------
        total
            How many items had been added then. Where that is not known any more, it is the plot
            as it is now.
        """
        with self._lock:
            twin = copy(self)
            twin._lock = Lock()  # noqa: SLF001 - of the same class
            twin._rewind(total)  # noqa: SLF001
        return twin

    def _rewind(self, total: int) -> None:
        """Forget what came later, sharing nothing that changes with the plot of before."""
        self._ring = self._ring.until(total)
        kept = self._ring.items()
        self._total = kept[-1].serial if kept else self._total

    def follow(self, other: Self) -> None:
        """Be set as another plot of the same stream.

        Parameters
        ----------
        other
            The other one: either may be the one that is held.
        """
        with other._lock:
            source = copy(other)
        with self._lock:
            self._version += 1
            new = {
                name: value
                for name, value in source.settings.items()
                if value != self._settings[name]
            }
            self._settings = MappingProxyType(self._taken_over(source, dict(source.settings), new))

    def _taken_over(
        self, _source: Self, settings: dict[str, Any], new: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the settings of another plot, with what belongs to them; under the lock."""
        return self._reconsidered(settings, new)

    def configure(self, settings: Mapping[str, Any]) -> None:
        """Change settings; none of them if one is wrong.

        Parameters
        ----------
        settings
            New values by name.

        Raises
        ------
        UsageMistake
            There is no such setting, or it does not take this value.
        """
        accepted = checked(self._rules, settings)
        with self._lock:
            changed = self._reconsidered({**self._settings, **accepted}, accepted)
            self._settings = MappingProxyType(changed)
            self._version += 1

    def _reconsidered(self, settings: dict[str, Any], _new: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is to be set, where one setting has to do with another; under the lock."""
        return settings

    def _put(self, value: T, mark: Mark, size: int) -> Item[T]:
        """Take in an item; under the lock."""
        self._version += 1
        self._total += 1
        known = mark._replace(label=short(mark.label))
        item = Item(self._total, self._version, known, value, size)
        self._ring.append(item)
        return item

    def _moment(self, version: int) -> Moment[T]:
        """Return the plot as it is for a view that knows a version; under the lock."""
        return Moment(
            self._version,
            self._total,
            self._settings,
            self._ring.items(),
            self._ring.newer(version),
        )

    def _common(self, moment: Moment[T], label: str) -> dict[str, Any]:
        """Return the fields of every header."""
        return {
            "title": self._title,
            "label": label,
            "total": moment.total,
            "fresh": len(moment.fresh),
            "settings": dict(moment.settings),
        }
