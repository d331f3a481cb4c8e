"""What counts as an image."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from jupyter_stream.errors import Unplottable
from jupyter_stream.plots import image as image_module
from jupyter_stream.plots.image import Image, as_image


def test_an_array_of_two_axes_is_an_image() -> None:
    image = as_image(np.arange(6, dtype=">u2").reshape(2, 3))
    assert image.values.dtype == np.dtype("=u2")
    assert image.values.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert (image.x, image.y, image.x_label, image.y_label) == (None, None, "Column", "Row")
    assert repr(image) == "<Image 2 x 3 of uint16>"


def test_an_image_stays_what_it_is() -> None:
    image = Image([[1]], label="a")
    assert as_image(image) is image
    assert repr(image) == "<Image 'a', 1 x 1 of int64>"


@pytest.mark.parametrize("name", ["image", "detector 7"])
def test_a_dict_names_the_fields(name: str) -> None:
    image = as_image({name: [[1, 2]], "x": [5, 6], "x_unit": "mm", "y_unit": None, "run": 3})
    assert image.values.tolist() == [[1, 2]]
    assert image.x is not None
    assert (image.x.tolist(), image.x_unit, image.y_unit) == ([5, 6], "mm", "")


def test_the_usual_names_go_before_others() -> None:
    image = as_image({"dark": np.zeros((2, 2)), "image": np.ones((3, 3))})
    assert image.values.shape == (3, 3)


def test_the_image_is_a_copy_of_the_users_array() -> None:
    reused = np.zeros((2, 2))
    image = as_image(reused)
    reused[:] = 7
    assert image.values.max() == 0


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("?", "u1"), ("f2", "f4"), ("g", "f8"), ("f4", "f4"), ("i8", "i8")],
)
def test_rare_kinds_of_numbers_become_common_ones(kind: str, kept: str) -> None:
    assert as_image(np.ones((2, 2), kind)).values.dtype == np.dtype(kept)


def test_what_is_ragged_beside_an_image_does_no_harm() -> None:
    assert as_image({"rois": [[1, 2], [3]], "image": [[1, 2]]}).values.tolist() == [[1, 2]]


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (None, "NoneType"),
        (np.zeros(5), r"float64 of shape \(5,\)"),
        (np.zeros((2, 3, 4), np.uint8), r"uint8 of shape \(2, 3, 4\)"),
        (np.zeros((0, 3)), r"shape \(0, 3\)"),
        ([[1j]], "complex"),
        ([[1], [1, 2]], "this list is no image"),
        (np.array([["a"]]), "real numbers"),
        ({"run": 1, "y": [1, 2]}, r"a dict of \['run', 'y'\]"),
        ({"image": [[1, 2]], "x": [1]}, r"x is int64 of shape \(1,\); an axis of 2 numbers"),
        ({"image": [[1, 2]], "x": ["a", "b"]}, "x is <U1"),
        ({"image": [[1, 2]], "x": [1, np.nan]}, "x holds values that are no numbers"),
    ],
)
def test_anything_else_is_refused_with_what_it_was(result: Any, text: str) -> None:
    with pytest.raises(Unplottable, match=text):
        as_image(result)


def test_an_image_too_large_to_keep_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_module, "LARGEST", 2**20)
    with pytest.raises(Unplottable, match="this image has 8 MiB, and an image may have 1"):
        as_image(np.zeros((1024, 1024)))


def test_an_array_of_xarray_brings_its_axes() -> None:
    array = xr.DataArray(
        np.zeros((2, 3)),
        coords={"z": ("z", [5.0, 6.0], {"units": "mm"}), "name": ("x", ["a", "b", "c"])},
        dims=("z", "x"),
        name="dose",
    )
    image = as_image(array)
    assert image.y is not None
    assert (image.y.tolist(), image.x) == ([5, 6], None)
    assert (image.y_label, image.y_unit, image.x_label, image.z_label) == ("z", "mm", "x", "dose")
