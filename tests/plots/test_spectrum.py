"""What counts as a spectrum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jupyter_stream.errors import UnreadableSpectrum
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
