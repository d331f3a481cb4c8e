"""Which plot shows a kind of results."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from jupyter_stream.errors import StreamError, UsageMistake
from jupyter_stream.plots.choose import KINDS, choose, make_plot
from jupyter_stream.plots.image import Image
from jupyter_stream.plots.spectrum import Spectrum
from tests.plots.marks import mark

ENERGY = np.linspace(0, 10, 50)


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        (Spectrum([1, 2]), "spectrum", "spectra of 2 points"),
        ((ENERGY, ENERGY), "spectrum", "spectra of 50 points"),
        (([1, 2, 3], [4, 5, 6]), "spectrum", "spectra of 3 points"),
        (ENERGY, "spectrum", "arrays of 50 values"),
        (list(range(9)), "spectrum", "arrays of 9 values"),
        (np.column_stack((ENERGY, ENERGY**2)), "spectrum", "an axis and values of 50 x 2"),
        ({"energy": ENERGY, "counts": ENERGY**2, "run": 5}, "spectrum", "array 'energy'"),
        ({"y": [1, 2, 3]}, "spectrum", "array 'y'"),
        (Image([[1, 2]]), "image", "images of 1 x 2"),
        (np.zeros((4, 5), np.uint16), "image", "arrays of 4 x 5"),
        ([[1, 2, 3], [3, 2, 1], [0, 0, 0]], "image", "arrays of 3 x 3"),
        ({"frame": np.zeros((4, 5)), "x": np.arange(5)}, "image", "an array 'frame'"),
        (5, "series", "numbers"),
        (np.float32(5), "series", "numbers"),
        ([1.5, 2.5], "series", "numbers"),
        ((3.5, "K"), "series", "numbers"),
        ({"T": 4.2, "p": 1, "name": "x"}, "series", "dicts with numbers: T, p"),
        ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, "series", "a, b, c, d, …"),
        (xr.DataArray([1.0] * 9, dims="q"), "spectrum", "arrays of 9 values"),
        (xr.DataArray(np.zeros((3, 4))), "image", "arrays of 3 x 4"),
        (xr.DataArray(5.0), "series", "numbers"),
        ("text", "table", "results are str"),
        (None, "table", "results are NoneType"),
        (b"raw", "table", "results are bytes"),
        ({"name": "x", "state": "on"}, "table", "dicts of name, state"),
        (np.zeros((2, 3, 4)), "table", "2 x 3 x 4, which no other plot shows"),
        ([[1], [1, 2]], "table", "results are list"),
        ([1j, 2j], "table", "results are list"),
        ([], "table", "results are list"),
        ((), "table", "results are tuple"),
    ],
)
def test_the_shape_and_kind_of_results_choose(value: Any, kind: str, reason: str) -> None:
    chosen, why = choose([value, value])
    assert chosen == kind
    assert reason in why
    make_plot(chosen, "topic").add(value, mark())


def test_results_for_several_plots_stand_in_a_table() -> None:
    assert choose([5, ENERGY]) == (
        "table",
        "the first results are for several plots: series, spectrum",
    )


class Odd:
    """An object that is no array though it claims to be one."""

    dtype = np.dtype("f8")
    size = 1

    def item(self) -> float:
        raise LookupError("gone")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ((np.zeros(3), 3.2), "table"),
        ([[1, 2], [3]], "table"),
        ({"image": np.ones((4, 5)), "rois": [[1, 2], [3]]}, "image"),
        ({"rois": [[1, 2], [3]], "T": 2.5}, "series"),
        ({"odd": Odd()}, "table"),
    ],
    ids=["pair", "list", "beside an image", "beside a number", "object"],
)
def test_what_is_ragged_or_odd_finds_its_plot(value: Any, kind: str) -> None:
    assert choose([value])[0] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_made(kind: str) -> None:
    plot = make_plot(kind, "topic", last=300)
    assert (plot.kind, plot.title, plot.version) == (kind, "topic", 0)
    if kind in {"spectrum", "waterfall", "table"}:
        assert plot.since(0).header["capacity"] == 300


def test_another_kind_there_is_not() -> None:
    with pytest.raises(UsageMistake, match="no plot 'pie'; there are spectrum, waterfall"):
        make_plot("pie", "topic")
    assert issubclass(UsageMistake, StreamError)
