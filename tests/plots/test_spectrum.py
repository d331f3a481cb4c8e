"""What counts as a spectrum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from jupyter_stream.errors import UnreadableSpectrum
from jupyter_stream.plots import spectrum as spectrum_module
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum


def test_values_alone_stand_over_channels() -> None:
    spectrum = as_spectrum([3, 1, 2])
    assert spectrum.y.tolist() == [3.0, 1.0, 2.0]
    assert spectrum.x.tolist() == [0.0, 1.0, 2.0]
    assert (spectrum.x_label, spectrum.y_label) == ("Channel", "Counts")


def test_a_pair_is_axis_and_values() -> None:
    spectrum = as_spectrum(([10.0, 20.0], np.array([1, 2], dtype=np.uint16)))
    assert spectrum.x.tolist() == [10.0, 20.0]
    assert spectrum.y.tolist() == [1.0, 2.0]
    assert (spectrum.x_label, spectrum.y_label) == ("x", "y")


def test_labels_are_texts_whatever_they_were_given_as() -> None:
    spectrum = as_spectrum({"y": [1], "label": Path("a/b.mca"), "x_unit": None, "x_label": 5})
    assert (spectrum.label, spectrum.x_unit, spectrum.x_label) == ("a/b.mca", "", "5")


def test_a_dict_names_the_fields() -> None:
    spectrum = as_spectrum({"y": [1, 2], "x": [5, 6], "x_label": "Energy", "x_unit": "eV"})
    assert spectrum.x.tolist() == [5.0, 6.0]
    assert (spectrum.x_label, spectrum.x_unit) == ("Energy", "eV")


def test_the_spectrum_is_a_copy_of_the_users_array() -> None:
    reused = np.zeros(3)
    spectrum = as_spectrum(reused)
    reused[:] = 7
    assert spectrum.y.tolist() == [0.0, 0.0, 0.0]


def test_the_text_form_is_short() -> None:
    spectrum = Spectrum(range(2048), label="a.mca", x_label="Energy", x_unit="keV")
    assert repr(spectrum) == ("<Spectrum 'a.mca', 2048 points, Counts over Energy 0 to 2047 keV>")


def test_nan_is_allowed() -> None:
    assert np.isnan(as_spectrum([1.0, float("nan")]).y[1])


def test_a_label_is_given_only_where_there_is_none() -> None:
    assert Spectrum([1]).labelled("a.mca").label == "a.mca"
    assert Spectrum([1], label="mine").labelled("a.mca").label == "mine"


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (None, "NoneType"),
        ("text", "str"),
        ([], "y is empty"),
        (5, "shape"),
        (np.zeros((2, 3)), "shape"),
        ([1j], "complex"),
        ([[1], [1, 2]], "no array"),
        (([1, 2], [1]), "x has 2 values and y has 1"),
        ({"name": "a", "when": None}, "'name': str, 'when': NoneType"),
        ({"map": np.zeros((2, 3))}, r"'map': float64 of shape \(2, 3\)"),
        ({"y": [1, 2], "y_error": [1]}, "y_error has 1 values and y has 2"),
    ],
)
def test_anything_else_is_refused_with_what_it_was(result: Any, text: str) -> None:
    with pytest.raises(UnreadableSpectrum, match=text):
        as_spectrum(result)


def test_a_pair_may_be_two_rows_or_two_columns() -> None:
    rows = np.array([[1.0, 2, 3], [7, 5, 9]])
    for pair in (rows, rows.T, rows.tolist(), rows[:, ::-1][:, ::-1]):
        spectrum = as_spectrum(pair)
        assert (spectrum.x.tolist(), spectrum.y.tolist()) == ([1, 2, 3], [7, 5, 9])


@pytest.mark.parametrize(
    ("fields", "x", "y", "x_label", "y_label"),
    [
        ({"counts": [3, 1], "energy": [8, 9], "run": 7}, [8, 9], [3, 1], "energy", "counts"),
        ({"bins": [1, 2, 4], "hits": [3, 1, 3]}, [1, 2, 4], [3, 1, 3], "bins", "hits"),
        ({"left": [1, 1], "right": [3, 1]}, [0, 1], [1, 1], "Channel", "left"),
        ({"x": [5, 6], "name": "a"}, [0, 1], [5, 6], "Channel", "x"),
        ({"y": [5, 6], "colour": "red"}, [0, 1], [5, 6], "Channel", "Counts"),
        ({1: [5, 6]}, [0, 1], [5, 6], "Channel", "1"),
    ],
)
def test_a_dict_of_arrays_is_a_spectrum_as_it_is(
    fields: dict[Any, Any], x: list[float], y: list[float], x_label: str, y_label: str
) -> None:
    spectrum = as_spectrum(fields)
    assert (spectrum.x.tolist(), spectrum.y.tolist()) == (x, y)
    assert (spectrum.x_label, spectrum.y_label) == (x_label, y_label)


def test_uncertainties_come_along() -> None:
    spectrum = Spectrum([1, 2], y_error=[0.5, 1])
    assert spectrum.y_error is not None
    assert spectrum.labelled("a").on_axis(spectrum.x).y_error is spectrum.y_error


def test_the_same_arrays_serve_where_only_a_text_or_the_axis_changes() -> None:
    spectrum, axis = Spectrum([1, 2]), np.array([0.0, 1])
    moved = spectrum.labelled("a").on_axis(axis)
    assert (moved.y is spectrum.y, moved.x is axis, moved.label) == (True, True, "a")


def test_an_array_of_xarray_brings_its_axis() -> None:
    array = xr.DataArray(
        [1.0, 2],
        coords={"energy": ("energy", [7.1, 7.2], {"units": "keV", "long_name": "Photon energy"})},
        name="mu",
        attrs={"units": "1/cm"},
    )
    spectrum = as_spectrum(array)
    assert spectrum.x.tolist() == [7.1, 7.2]
    assert (spectrum.x_label, spectrum.x_unit) == ("Photon energy", "keV")
    assert (spectrum.y_label, spectrum.y_unit) == ("mu", "1/cm")
    plain = as_spectrum(xr.DataArray([1.0, 2], dims="step"))
    assert (plain.x.tolist(), plain.x_label, plain.y_label) == ([0, 1], "step", "Counts")


def test_long_texts_are_cut() -> None:
    assert len(Spectrum([1], x_label="x" * 1000).labelled("y" * 1000).label) == 300


def test_a_spectrum_too_long_to_keep_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectrum_module, "MOST_POINTS", 10)
    with pytest.raises(UnreadableSpectrum, match="y has 11 values, and a spectrum may have 10"):
        Spectrum(range(11))
