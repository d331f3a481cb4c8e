"""Pictures of plots without a browser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as Pillow

from jupyter_stream.plots import picture_font
from jupyter_stream.plots.choose import KINDS, make_plot
from jupyter_stream.plots.picture import HEIGHTS, WIDTH, picture
from jupyter_stream.plots.spectrum import Spectrum
from tests.plots.marks import mark

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import PlotModel

LATEST = (11, 102, 195)
REDUCTION = (194, 80, 10)
PEAK = (179, 39, 63)
NOTHING = (236, 236, 236)


def drawn(model: PlotModel) -> np.ndarray:
    """Return the picture of a plot as an array."""
    image = Pillow.open(io.BytesIO(picture(model)))
    assert image.format == "PNG"
    assert image.size == (WIDTH, HEIGHTS[model.kind])
    return np.asarray(image.convert("RGB")).astype(int)


def plotted(kind: str, *values: Any, **settings: Any) -> np.ndarray:
    model = make_plot(kind, "topic")
    model.configure(settings)
    for number, value in enumerate(values):
        model.add(value, mark(number, time=1.7e9 + number))
    return drawn(model)


def rows_without_values(pixels: np.ndarray) -> np.ndarray:
    """Return the rows that have many pixels of the colour of no value."""
    matches = np.abs(pixels - NOTHING).sum(axis=2) < 3
    return np.flatnonzero(matches.sum(axis=1) > 200)


def places(pixels: np.ndarray, colour: tuple[int, int, int], off: int = 40) -> np.ndarray:
    """Return rows and columns of the pixels that have about a colour."""
    return np.argwhere(np.abs(pixels - colour).sum(axis=2) < off)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_plot_says_so(kind: str) -> None:
    pixels = plotted(kind)
    grey = places(pixels, (117, 117, 117), 90)
    assert len(grey) > 100


def test_the_newest_spectrum_stands_out_and_lies_within_the_frame() -> None:
    y = np.full(100_000, 100.0)
    y[54_321] = 1000
    found = places(plotted("spectrum", y[::-1], y), LATEST)
    assert 76 <= found[:, 1].min() <= 78
    assert 940 <= found[:, 1].max() <= 942
    top = found[found[:, 0].argmin()]
    assert top[0] < 70
    assert top[1] == pytest.approx(76 + 0.54321 * (WIDTH - 94), abs=2)


def test_what_is_derived_is_drawn() -> None:
    spectra = [Spectrum([1, 5, 2, 4], y_error=[1, 1, 1, 1])] * 3
    plain = plotted("spectrum", *spectra)
    assert len(places(plain, REDUCTION)) == 0
    for settings in (
        {"reduction": "mean", "span_count": 3, "errors": "band"},
        {"reduction": "sum", "errors": "bars", "compare": "ratio"},
    ):
        assert len(places(plotted("spectrum", *spectra, **settings), REDUCTION)) > 100


def test_peaks_are_marked_where_they_are() -> None:
    x = np.arange(200.0)
    y = np.exp(-((x - 50) ** 2) / 50)
    found = places(plotted("spectrum", (x, y), peaks=True), PEAK)
    assert found[:, 1].mean() == pytest.approx(76 + 50 / 199 * (WIDTH - 94), abs=3)
    assert len(places(plotted("spectrum", (x, y)), PEAK)) == 0


@pytest.mark.parametrize("compare", ["difference", "ratio"])
def test_a_comparison_has_a_frame_of_its_own(compare: str) -> None:
    model = make_plot("spectrum", "topic")
    model.add([1.0, 2, 3], mark())
    model.configure({"reference": "set", "compare": compare})
    found = places(drawn(model), (156, 53, 135))
    assert (found[found[:, 1] < 700, 0] > 240).all()


def test_references_are_drawn_in_colours_of_their_own_unless_they_are_hidden() -> None:
    model = make_plot("spectrum", "topic")
    model.add([1.0, 2, 3], mark())
    model.configure({"reference": "set"})
    model.configure({"slot": 2, "reference": "set"})
    model.add([3.0, 2, 1], mark(2))
    first, second = (19, 128, 88), (138, 109, 0)
    assert len(places(drawn(model), first)) > 0
    assert len(places(drawn(model), second)) > 0
    model.configure({"hidden": [2]})
    assert len(places(drawn(model), second)) == 0


def test_a_reference_that_is_longer_than_the_data_ends_at_the_frame() -> None:
    model = make_plot("spectrum", "topic")
    model.configure({"reference": Spectrum([1.0] * 40, x=np.arange(-30.0, 10))})
    model.add(Spectrum([1.0, 2, 3, 2, 1]), mark())
    columns = places(drawn(model), (19, 128, 88))[:, 1]
    assert columns.min() >= 76, "where the frame begins"


def test_a_masked_row_of_an_image_has_no_colour() -> None:
    picture_values = np.arange(100.0).reshape(10, 10)
    picture_values[0] = np.nan
    rows = rows_without_values(plotted("image", picture_values))
    assert (rows.min(), rows.max()) == (pytest.approx(43, abs=2), pytest.approx(84, abs=2))


def test_an_image_with_an_axis_has_its_first_row_at_the_bottom() -> None:
    values = np.ones((10, 10))
    values[0] = np.nan
    rows = rows_without_values(plotted("image", {"image": values, "y": np.arange(10)}))
    assert rows.min() > 400


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("spectrum", [[1.0]]),
        ("spectrum", [[2.0, 2, 2]]),
        ("spectrum", [[np.nan] * 3]),
        ("spectrum", [[1, np.inf, 3], [np.nan, 4, np.nan]]),
        ("spectrum", [[1e300, -1e-300]]),
        ("spectrum", [[1.7e308, -1.7e308]]),
        ("spectrum", [[3e16, 3e16]]),
        ("spectrum", [([1.7e18], [1.5])]),
        ("spectrum", [([5, 4, 3], [1, 2, 3])]),
        ("waterfall", [[1.0]]),
        ("waterfall", [[np.nan] * 3]),
        ("waterfall", [([3, 2, 1], [1e300, 1, 2])] * 50),
        ("image", [np.full((3, 3), np.nan)]),
        ("image", [np.zeros((1, 1))]),
        ("image", [np.zeros((1, 500))]),
        ("image", [np.zeros((2000, 3))]),
        ("image", [np.array([[1.7e308, -1.7e308]])]),
        ("image", [{"image": [[1, 2]], "x": [7, 7]}]),
        ("series", [np.nan]),
        ("series", [5]),
        ("series", [{"a": 1e-9, "b": (5, "K"), "c": 1e12, "d": np.inf}] * 3),
        ("table", [{f"name {n}": "x" * 500 for n in range(60)}] * 50),
    ],
)
def test_odd_results_are_drawn(kind: str, values: list[Any]) -> None:
    assert plotted(kind, *values).shape[1] == WIDTH


def test_a_region_and_its_statistics_are_drawn() -> None:
    plain = plotted("image", np.zeros((9, 9)))
    marked = plotted("image", np.zeros((9, 9)), region=[1, 1, 5, 5])
    assert (plain != marked).any()


@pytest.mark.parametrize("label", ["", "x" * 5000, "Å µ 日本\n\x00", "\ud800", "😀"])
def test_any_label_can_be_written(label: str) -> None:
    model = make_plot("spectrum", label)
    model.add(Spectrum([1, 2], x_label=label, y_label=label), mark(label=label))
    drawn(model)


def test_signs_that_no_font_has_are_spelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_font, "WIDE_FONTS", ("absent.ttf",))
    picture_font._wide_font.cache_clear()
    try:
        text, _ = picture_font.lettered("Å é µm 10⁻²", 12)
        assert text == "A e um 10-2"
    finally:
        picture_font._wide_font.cache_clear()
