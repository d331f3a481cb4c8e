"""Values as bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.quantise import STEPS, quantised


@given(
    arrays.arrays(np.float32, st.integers(1, 30), elements=st.floats(width=32)),
    st.floats(-1000, 1000),
    st.floats(0.001, 1000),
)
def test_a_byte_stands_for_the_nearest_step(values: np.ndarray, low: float, width: float) -> None:
    codes = quantised(values, low, low + width).astype(np.float64)
    missing = np.isnan(values)
    assert (codes[missing] == 0).all()
    assert ((codes[~missing] >= 1) & (codes[~missing] <= 255)).all()
    inside = ~missing & (values > low) & (values < low + width)
    shown = low + (codes[inside] - 1) / STEPS * width
    # float32 itself is off by a part of the level that is far from 0.
    assert (
        np.abs(shown - values[inside]) <= 0.51 * width / STEPS + 3e-7 * (abs(low) + width)
    ).all()


@pytest.mark.parametrize("kind", ["f4", "f8"])
def test_what_is_beyond_the_levels_stays_at_them(kind: str) -> None:
    values = np.array([-np.inf, 0, 1, 2, 3, np.inf, np.nan]).astype(kind)
    assert quantised(values, 1, 2).tolist() == [1, 1, 1, 255, 255, 255, 0]


def test_a_picture_becomes_flat() -> None:
    assert quantised(np.zeros((3, 4), np.float32), 0, 1).shape == (12,)


def test_levels_far_apart_are_no_trouble() -> None:
    assert quantised(np.array([-1e307, 0.0, 1e307]), -1e307, 1e307).tolist() == [1, 128, 255]
    small = np.array([-3e38, 0, 3e38], np.float32)
    assert quantised(small, -1e300, 1e300).tolist() == [128, 128, 128]


def test_levels_close_together_are_no_trouble() -> None:
    assert quantised(np.array([0, 1e-42], np.float32), 0, 1e-42).tolist() == [1, 255]
