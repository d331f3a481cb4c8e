"""What every plot model is: results go in, states for views come out; no framework is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from numpy.typing import NDArray

    from jupyter_stream.plots.item_ring import Item


class Mark(NamedTuple):
    """Where a result comes from.

    Attributes
    ----------
    label
        What the result is called on a plot, for example the name of a file.
    topic, partition, offset
        The record, or the last record of the file.
    time
        Its time in epoch seconds.
    """

    label: str
    topic: str
    partition: int
    offset: int
    time: float


class PlotState(NamedTuple):
    """What a view lacks.

    Attributes
    ----------
    version
        The version that a view knows when it has taken this in.
    header
        Texts, numbers and indices of columns, as JSON has them.
    columns
        The arrays that the header refers to; never changed later.
    """

    version: int
    header: dict[str, Any]
    columns: list[NDArray[Any]]


class PlotModel(Protocol):
    """The newest results of a stream, kept for showing.

    Any thread may add, any number of views pull.
    """

    @property
    def kind(self) -> str:
        """The kind of plot, one word."""
        ...

    @property
    def title(self) -> str:
        """The title of the plot."""
        ...

    @property
    def version(self) -> int:
        """Grows with every change, of the settings too; 0 before the first."""
        ...

    @property
    def total(self) -> int:
        """How many results were added so far."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """What can be configured, as it is now."""
        ...

    def add(self, value: Any, mark: Mark) -> None:
        """Take in a result.

        Parameters
        ----------
        value
            What an analysis gave.
        mark
            Where it comes from.

        Raises
        ------
        Unplottable
            The result is nothing that this plot shows; the text says what arrived.
        """
        ...

    def items(self) -> tuple[Item[Any], ...]:
        """Return the results that are kept, oldest first."""
        ...

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        ...

    def held(self, total: int) -> Self:
        """Return the plot as it was, to be looked at for a while; nothing is added to it.

        Parameters
        ----------
        total
            How many results had been added then. Where that is not known any more, it is the plot
            as it is now.
        """
        ...

    def follow(self, other: Self) -> None:
        """Be set as another plot of the same stream.

        Parameters
        ----------
        other
            The other one: either may be the one that is held.
        """
        ...

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
        ...
