"""The spectrum plot as a static SVG picture, for saved and executed notebooks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np

from jupyter_stream.plots.extremes import extremes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.plots.spectrum_plot import PlottedSpectrum, SpectrumSnapshot

WIDTH, HEIGHT = 800, 360
LEFT, RIGHT, TOP, BOTTOM = 76, 16, 34, 48
LATEST, HISTORY = "#1976d2", "#78909c"
TICKS = 6
HEAD_ROOM = 1.05
LARGEST = 1e150

_OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
    f'height="{HEIGHT}" font-family="sans-serif" font-size="12" fill="#424242" role="img">'
)


def spectrum_svg(snapshot: SpectrumSnapshot) -> str:
    """Draw the spectra of a plot, the newest on top and the older ones faded.

    Every point that reaches furthest up or down within a pixel is drawn, so no peak is lost.

    Parameters
    ----------
    snapshot
        The plot with at least one spectrum.
    """
    xs = np.concatenate([_drawable(plotted.spectrum.x) for plotted in snapshot.spectra])
    ys = np.concatenate([_drawable(plotted.spectrum.y) for plotted in snapshot.spectra])
    x_axis = _Axis(*_limits(xs), LEFT, WIDTH - RIGHT)
    low, high = _limits(ys)
    y_axis = _Axis(low, low + (high - low) * HEAD_ROOM, HEIGHT - BOTTOM, TOP)
    y_label = _text(0, 0, snapshot.y_label, "middle")
    parts = (
        _OPENING,
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 20, snapshot.title, "start", 'font-weight="bold"'),
        _x_ticks(x_axis),
        _y_ticks(y_axis),
        *_lines(snapshot.spectra, x_axis, y_axis),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, snapshot.x_label, "middle"),
        f'<g transform="translate(16 {HEIGHT / 2}) rotate(-90)">{y_label}</g>',
        "</svg>",
    )
    return "".join(parts)


class _Axis:
    """Maps values to pixels."""

    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self._low = low
        self._scale = (last - first) / (high - low)
        self._first = first
        self.ticks = _nice_ticks(low, high)

    def pixels(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where values stand, in pixels."""
        pixels: NDArray[np.float64] = self._first + (values - self._low) * self._scale
        return pixels


def _drawable(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep values where differences and products of them are still numbers."""
    clipped: NDArray[np.float64] = np.where(
        np.isfinite(values), np.clip(values, -LARGEST, LARGEST), values
    )
    return clipped


def _limits(values: NDArray[np.float64]) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    # A narrower range could not be parted into ticks by numbers of 53 bits.
    least = max(abs(low), abs(high)) * 1e-9
    return (low, high) if high - low > least else (low - least - 0.5, high + least + 0.5)


def _nice_ticks(low: float, high: float) -> NDArray[np.float64]:
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return np.arange(math.ceil(low / step), math.floor(high / step) + 1, dtype=np.float64) * step


def _x_ticks(axis: _Axis) -> str:
    bottom = HEIGHT - BOTTOM
    marks = [
        f'<path d="M{x:.1f} {TOP}V{bottom + 4}" stroke="#e0e0e0"/>'
        + _text(x, bottom + 18, f"{value:.6g}", "middle")
        for x, value in zip(axis.pixels(axis.ticks), axis.ticks, strict=True)
    ]
    return "".join(marks)


def _y_ticks(axis: _Axis) -> str:
    marks = [
        f'<path d="M{LEFT - 4} {y:.1f}H{WIDTH - RIGHT}" stroke="#e0e0e0"/>'
        + _text(LEFT - 8, y + 4, f"{value:.6g}", "end")
        for y, value in zip(axis.pixels(axis.ticks), axis.ticks, strict=True)
    ]
    return "".join(marks)


def _lines(spectra: tuple[PlottedSpectrum, ...], x_axis: _Axis, y_axis: _Axis) -> list[str]:
    newest = len(spectra) - 1
    return [
        f'<polyline fill="none" stroke="{LATEST if index == newest else HISTORY}" '
        f'stroke-opacity="{1 if index == newest else 0.1 + 0.4 * index / len(spectra):.2f}" '
        f'points="{_points(plotted, x_axis, y_axis)}"/>'
        for index, plotted in enumerate(spectra)
    ]


def _points(plotted: PlottedSpectrum, x_axis: _Axis, y_axis: _Axis) -> str:
    finite = np.isfinite(plotted.spectrum.x) & np.isfinite(plotted.spectrum.y)
    x, y = _drawable(plotted.spectrum.x[finite]), _drawable(plotted.spectrum.y[finite])
    kept = extremes(np.round(x_axis.pixels(x)).astype(np.int64), y)
    pairs = zip(x_axis.pixels(x[kept]), y_axis.pixels(y[kept]), strict=True)
    return " ".join(f"{px:.1f},{py:.1f}" for px, py in pairs)


def _text(x: float, y: float, text: str, anchor: str, style: str = "") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place} {style}>{escape(text)}</text>"
