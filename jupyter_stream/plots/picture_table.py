"""The picture of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.plots.picture_frame import DARK, FAINT, LINE, Frame, draw_waiting, shortened

if TYPE_CHECKING:
    from jupyter_stream.plots.picture_sheet import Sheet
    from jupyter_stream.plots.plot_model import PlotState

SIZE = 12
ROW = 22
STRIPE = "#f6f7f8"
WIDEST = 260
GAP = 16


def draw_table(sheet: Sheet, state: PlotState) -> None:
    """Write the newest rows, the last one at the bottom, as many as there is room for.

    Parameters
    ----------
    sheet
        To be drawn on.
    state
        The whole state of a `TableModel`.
    """
    names, every = state.header["names"], state.header["rows"]
    frame = Frame(20, 42, sheet.width - 20, sheet.height - 16)
    if not every:
        draw_waiting(sheet, frame)
        return
    rows = every[-int((frame.bottom - frame.top) // ROW - 1) :]
    columns = [[row[index] for row in rows] for index in range(len(names))]
    left = frame.left
    for number in range(1, len(rows), 2):
        top = frame.top + ROW * (number + 1)
        sheet.box((frame.left, top, frame.right, top + ROW), STRIPE)
    for name, texts in zip(names, columns, strict=True):
        room = min(WIDEST, frame.right - left)
        if room < GAP:
            break
        left += _draw_column(sheet, (left, frame.top), room, name, texts) + GAP
    line = frame.top + ROW - 1
    sheet.line(np.array([[frame.left, line], [frame.right, line]]), LINE)


def _draw_column(
    sheet: Sheet, corner: tuple[float, float], room: float, name: str, texts: list[str]
) -> float:
    """Write a column and return its width."""
    left, top = corner[0] + 6, corner[1] + ROW / 2
    shown = [shortened(sheet, text, room - 6, SIZE) for text in (name, *texts)]
    for number, text in enumerate(shown):
        colour = DARK if number else FAINT
        sheet.text((left, top + ROW * number), text, "lm", size=SIZE, colour=colour)
    return max(sheet.text_width(text, SIZE) for text in shown)
