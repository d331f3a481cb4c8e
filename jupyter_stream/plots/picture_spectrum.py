"""The picture of a spectrum plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.plots.picture_axis import Axis, limits
from jupyter_stream.plots.picture_frame import (
    Frame,
    draw_border,
    draw_waiting,
    draw_x_axis,
    draw_y_axis,
)
from jupyter_stream.plots.picture_lines import draw_band, draw_legend, draw_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.picture_sheet import Sheet
    from jupyter_stream.plots.plot_model import PlotState

    Line = tuple[NDArray[np.float64], NDArray[np.float64]]

LATEST, BAND, PEAK = "#0b66c3", "#d9e6f5", "#b3273f"
OLDEST, YOUNGEST = np.array([226, 231, 236]), np.array([144, 164, 184])
REFERENCES = {
    "reference 1": "#138058",
    "reference 2": "#8a6d00",
    "reference 3": "#3f7f93",
    "reference 4": "#5b5fc7",
}
ROLES = {
    **REFERENCES,
    "reduction": "#c2500a",
    "difference": "#9c3587",
    "ratio": "#9c3587",
}
COMPARED = ("difference", "ratio")
BARS = 60
ROOM = 0.05


def draw_spectra(sheet: Sheet, state: PlotState) -> None:
    """Draw spectra over one another, the newest on top, and what is derived from them.

    Parameters
    ----------
    sheet
        To be drawn on.
    state
        The whole state of a `SpectrumModel`.
    """
    header = state.header
    frame = Frame(76, 42, sheet.width - 18, sheet.height - 54)
    spectra = [_line(state, spectrum) for spectrum in header["spectra"]]
    if not spectra:
        draw_waiting(sheet, frame)
        return
    traces = dict(_named(trace, _line(state, trace)) for trace in header["traces"])
    x_axis = Axis(*limits(np.concatenate([x for x, _ in spectra])), frame.left, frame.right)
    upper, lower = _parts(frame, any(role in traces for role in COMPARED))
    if lower:
        _draw_comparison(sheet, lower, x_axis, traces)
        draw_x_axis(sheet, lower, x_axis.ticks(90), header["x_label"])
    main = [(x, y) for role, (_, x, y) in traces.items() if role not in COMPARED]
    heights = np.concatenate([y for _, y in (*spectra, *main)])
    axes = (x_axis, Axis(*limits(heights, ROOM), upper.bottom, upper.top))
    draw_y_axis(sheet, upper, axes[1], header["y_label"])
    if lower:
        draw_x_axis(sheet, upper, [tick._replace(text="") for tick in x_axis.ticks(90)])
    else:
        draw_x_axis(sheet, upper, x_axis.ticks(90), header["x_label"])
    _draw_main(sheet, axes, spectra, traces, header)
    draw_border(sheet, upper)
    names = [("latest", LATEST)] if traces else []
    names += [(name, ROLES[role]) for role, (name, _, _) in traces.items() if role in ROLES]
    draw_legend(sheet, upper, names)


def _named(trace: dict[str, Any], line: Line) -> tuple[str, tuple[Any, ...]]:
    """Return a line with its name by its role; references are told apart by their slots."""
    if not trace["slot"]:
        return trace["role"], (trace["name"], *line)
    role = f"{trace['role']} {trace['slot']}"
    return role, (f"{role}: {trace['name']}", *line)


def _parts(frame: Frame, compares: bool) -> tuple[Frame, Frame | None]:
    if not compares:
        return frame, None
    height = (frame.bottom - frame.top) * 0.3
    return (
        frame._replace(bottom=frame.bottom - height - 14),
        frame._replace(top=frame.bottom - height),
    )


def _draw_main(
    sheet: Sheet,
    axes: tuple[Axis, Axis],
    spectra: list[Line],
    traces: dict[str, Any],
    header: dict[str, Any],
) -> None:
    if "lower" in traces and header["settings"]["errors"] == "band":
        _, x, low = traces["lower"]
        draw_band(sheet, axes, x, (low, traces["upper"][2]), BAND)
    for age, line in enumerate(spectra[:-1]):
        draw_line(sheet, axes, line, _faded((age + 1) / len(spectra)))
    draw_line(sheet, axes, spectra[-1], LATEST, 1.4)
    for role in (*REFERENCES, "reduction"):
        if role in traces:
            draw_line(sheet, axes, traces[role][1:], ROLES[role], 1.6)
    if "lower" in traces and header["settings"]["errors"] == "bars":
        _draw_bars(sheet, axes, traces)
    for peak in header["peaks"]:
        _draw_peak(sheet, axes, peak)


def _draw_bars(sheet: Sheet, axes: tuple[Axis, Axis], traces: dict[str, Any]) -> None:
    _, x, low = traces["lower"]
    high = traces["upper"][2]
    for place in range(0, len(x), -(-len(x) // BARS)):
        draw_line(sheet, axes, (x[[place, place]], np.array([low[place], high[place]])), LATEST)


def _draw_peak(sheet: Sheet, axes: tuple[Axis, Axis], peak: dict[str, float]) -> None:
    x, y = (
        float(axis.pixels(np.array([value]))[0])
        for axis, value in zip(axes, (peak["centre"], peak["height"]), strict=True)
    )
    sheet.area(np.array([[x, y - 3], [x - 4, y - 10], [x + 4, y - 10]]), PEAK)
    sheet.text((x, y - 13), f"{peak['centre']:.5g}", "mb", size=11, colour=PEAK, halo=True)


def _draw_comparison(sheet: Sheet, frame: Frame, x_axis: Axis, traces: dict[str, Any]) -> None:
    role = next(role for role in COMPARED if role in traces)
    _, x, y = traces[role]
    axes = (x_axis, Axis(*limits(y, ROOM), frame.bottom, frame.top))
    draw_y_axis(sheet, frame, axes[1], role.capitalize(), apart=28)
    draw_line(sheet, axes, (x, y), ROLES[role], 1.2)
    draw_border(sheet, frame)


def _line(state: PlotState, described: dict[str, Any]) -> Line:
    x, y = (state.columns[described[name]].astype(np.float64) for name in ("x", "y"))
    return x, y


def _faded(share: float) -> str:
    red, green, blue = (OLDEST + (YOUNGEST - OLDEST) * share).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"
