"""The table: the newest results as texts, whatever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.plots.cell_text import cells
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot
from jupyter_stream.plots.item_ring import Item, ItemRing
from jupyter_stream.plots.plot_model import PlotState
from jupyter_stream.plots.times import local_time

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import Mark

CAPACITY = 200
MOST = 40
OWN = ("Item", "Time")

Cells = dict[str, str]


class TableModel(ItemPlot[Cells]):
    """The last results of a stream as rows of texts.

    Parameters
    ----------
    title
        Title of the table.
    last
        How many rows are kept.
    """

    kind = "table"

    def __init__(self, title: str, last: int = CAPACITY) -> None:
        super().__init__(title, {}, {}, ItemRing(last, BYTE_LIMIT))
        self._names: list[str] = []

    def add(self, value: Any, mark: Mark) -> None:
        """Take in a result.

        Parameters
        ----------
        value
            Anything; the parts of a mapping stand in columns of their own.
        mark
            Where it comes from.
        """
        row = cells(value, MOST)
        with self._lock:
            for name in row:
                if name not in self._names and len(self._names) < MOST:
                    self._names.append(name)
            self._put(row, mark, sum(len(name) + len(text) for name, text in row.items()))

    def since(self, version: int) -> PlotState:
        """Return what a view lacks.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        with self._lock:
            moment = self._moment(version)
            names = tuple(self._names)
        header = {
            "kind": self.kind,
            **self._common(moment, moment.items[-1].mark.label if moment.items else ""),
            "names": [*OWN, *names],
            "rows": [_row(item, names) for item in moment.fresh],
            "capacity": self._ring.capacity,
        }
        return PlotState(moment.version, header, [])


def _row(item: Item[Cells], names: tuple[str, ...]) -> list[str]:
    time = local_time(item.mark.time)
    own = [item.mark.label, f"{time:%H:%M:%S.%f}"[:-3] if time else ""]
    return own + [item.value.get(name, "") for name in names]
