"""Where the pixels of an image stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.image import Image
from jupyter_stream.plots.image_scale import Side, image_scale


def test_pixels_without_an_axis_have_their_middles_at_their_numbers() -> None:
    scale = image_scale(Image(np.zeros((3, 4))))
    assert scale.x == Side(-0.5, 3.5, 4)
    assert scale.y.middles().tolist() == [0, 1, 2]


@pytest.mark.parametrize("axis", [[10.0, 12, 14], [14.0, 12, 10]])
def test_an_axis_rises_or_falls(axis: list[float]) -> None:
    side = image_scale(Image([[1, 2, 3]], x=axis)).x
    assert side.middles().tolist() == axis
    assert [side.pixel(place) for place in axis] == [0, 1, 2]
    assert (side.pixel(-100), side.pixel(100)) == ((0, 2) if axis[0] < axis[1] else (2, 0))


@pytest.mark.parametrize("axis", [[7.0], [7.0, 7.0]])
def test_an_axis_without_a_step_has_one(axis: list[float]) -> None:
    side = image_scale(Image([[1] * len(axis)], x=axis)).x
    assert side.start < side.end


@given(st.floats(-20, 30), st.floats(-20, 30), st.booleans())
def test_a_region_has_the_pixels_whose_middles_are_in_it(a: float, b: float, falls: bool) -> None:
    side = Side(9.5, -0.5, 10) if falls else Side(-0.5, 9.5, 10)
    middles = side.middles()
    low, high = min(a, b), max(a, b)
    # Middles right at the edge may be in or out by rounding.
    inside = np.flatnonzero((middles > low + 1e-9) & (middles < high - 1e-9))
    taken = np.arange(10)[side.pixels(a, b)]
    assert set(inside) <= set(taken)
    assert ((middles[taken] > low - 1e-9) & (middles[taken] < high + 1e-9)).all()
