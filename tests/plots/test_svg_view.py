"""The static picture of a spectrum plot."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from jupyter_stream.plots.spectrum import Spectrum
from jupyter_stream.plots.spectrum_plot import SpectrumPlot
from jupyter_stream.plots.svg_view import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, spectrum_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*spectra: Spectrum, title: str = "topic") -> ET.Element:
    plot = SpectrumPlot(title)
    for spectrum in spectra:
        plot.append(spectrum)
    return ET.fromstring(spectrum_svg(plot.since(0)))  # noqa: S314 - our own picture


def points(line: ET.Element) -> list[tuple[float, float]]:
    return [
        (float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())
    ]


def test_every_spectrum_is_a_line_and_the_newest_is_full() -> None:
    lines = drawn(Spectrum([1, 2]), Spectrum([2, 3])).findall(f"{SVG}polyline")
    assert [line.attrib["stroke-opacity"] for line in lines] == ["0.10", "1.00"]


def test_lines_stay_within_the_axes() -> None:
    (line,) = drawn(Spectrum([-5, 40, 2])).findall(f"{SVG}polyline")
    xs, ys = zip(*points(line), strict=True)
    assert (min(xs), max(xs)) == (LEFT, WIDTH - RIGHT)
    assert max(ys) == HEIGHT - BOTTOM
    assert min(ys) >= TOP


def test_a_narrow_peak_among_many_points_is_not_lost() -> None:
    y = np.zeros(100_000)
    y[54_321] = 1000
    (line,) = drawn(Spectrum(y)).findall(f"{SVG}polyline")
    found = points(line)
    assert len(found) < 2 * WIDTH + 4
    top_x, _ = min(found, key=lambda point: point[1])
    assert top_x == pytest.approx(LEFT + 0.54321 * (WIDTH - LEFT - RIGHT), abs=1)


@pytest.mark.parametrize(
    "spectrum",
    [
        Spectrum([1.0]),
        Spectrum([2, 2, 2]),
        Spectrum([float("nan")] * 3),
        Spectrum([1, float("inf"), 3]),
        Spectrum([1e300, -1e-300]),
        Spectrum([1.5], x=[1.7e18]),
        Spectrum([3e16, 3e16]),
        Spectrum([1.7e308, -1.7e308]),
    ],
    ids=["one point", "flat", "nan", "infinite", "huge", "ns times", "large flat", "overflow"],
)
def test_odd_spectra_are_drawn(spectrum: Spectrum) -> None:
    assert len(drawn(spectrum).findall(f"{SVG}polyline")) == 1


def test_texts_from_the_wire_are_escaped() -> None:
    picture = drawn(Spectrum([1, 2], label="<script>alert(1)</script>"))
    assert picture.findall(f".//{SVG}script") == []
    assert any("<script>" in (text.text or "") for text in picture.iter(f"{SVG}text"))
