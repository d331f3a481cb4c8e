"""Fewer pixels for the same picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.blocks import shrunk, shrunk_row

PICTURES = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 20), st.integers(1, 20)),
    elements=st.one_of(st.floats(-100, 100, width=32), st.just(np.nan)),
)


def blockwise(values: np.ndarray, longest: int, way: str) -> np.ndarray:
    """Reckon one block after the other."""
    rows, columns = (-(-side // longest) for side in values.shape)
    blocks = [
        [values[i : i + rows, j : j + columns] for j in range(0, values.shape[1], columns)]
        for i in range(0, values.shape[0], rows)
    ]
    reckon = np.mean if way == "mean" else np.max
    return np.array(
        [
            [reckon(known) if (known := b[~np.isnan(b)]).size else np.nan for b in row]
            for row in blocks
        ]
    )


@given(PICTURES, st.integers(1, 8), st.sampled_from(["mean", "max"]))
def test_every_block_becomes_its_mean_or_its_greatest_value(
    values: np.ndarray, longest: int, way: str
) -> None:
    small = shrunk(values, longest, way)
    assert max(small.shape) <= longest
    np.testing.assert_allclose(small, blockwise(values, longest, way), rtol=1e-4, atol=1e-4)


def test_a_small_picture_is_not_copied() -> None:
    picture = np.zeros((4, 4), np.float32)
    assert shrunk(picture, 4, "mean") is picture


def test_large_values_give_no_warning() -> None:
    assert shrunk(np.full((4, 4), 1e300), 2, "max").shape == (2, 2)
    assert np.isinf(shrunk(np.full((4, 4), 1.7e308), 2, "mean")).all()


@given(st.integers(1, 50), st.integers(1, 10))
def test_a_row_keeps_its_ends_and_its_greatest_value(length: int, longest: int) -> None:
    row = np.arange(float(length))
    short = shrunk_row(row, longest, np.fmax.reduce)
    assert len(short) <= longest
    assert short[-1] == row[-1]
    assert (np.diff(short) > 0).all()


def test_the_greatest_value_of_a_row_is_found_beside_gaps() -> None:
    row = np.array([1.0, np.nan, 5.0, 2.0, np.nan])
    np.testing.assert_array_equal(shrunk_row(row, 3, np.fmax.reduce), [1.0, 5.0, np.nan])
