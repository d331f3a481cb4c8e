"""Which widgets stand under which cell, so that those of its former runs can be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.notebook import cells

if TYPE_CHECKING:
    from ipywidgets import Widget

# By cell: the run of it that showed them, and what it showed.
_shown: dict[str, tuple[str, list[Widget]]] = {}


def note_shown(widget: Widget) -> None:
    """Note that the running cell shows a widget; close what only its former runs have shown.

    ipywidgets keeps each widget until it is closed, also when the output that it stood in has
    gone, as it has when its cell runs again.

    Parameters
    ----------
    widget
        The widget.
    """
    cell, run = cells.running_cell(), cells.running_run()
    if not cell:
        return
    former_run, shown = _shown.get(cell, (run, []))
    if former_run != run:
        _shown[cell] = run, [widget]
        _close_unseen(shown)
    elif widget not in shown:
        _shown[cell] = run, [*shown, widget]


def close(widget: Widget) -> None:
    """Close a widget with what it is made of.

    Parameters
    ----------
    widget
        A widget, or a box of widgets.
    """
    for part in getattr(widget, "children", ()):
        close(part)
    widget.layout.close()
    widget.close()


def _close_unseen(widgets: list[Widget]) -> None:
    seen = [widget for _, shown in _shown.values() for widget in shown]
    for widget in widgets:
        if widget not in seen:
            close(widget)
