"""Arrays as they are sent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.columns import Columns, compact, compact_axis, finite

FLOATS = arrays.arrays(np.float64, st.integers(0, 30), elements=st.floats(width=64))


@given(FLOATS)
def test_whatever_is_sent_differs_by_less_than_a_screen_shows(values: np.ndarray) -> None:
    sent = compact(values).astype(np.float64)
    known = np.isfinite(values)
    np.testing.assert_array_equal(sent[~known], values[~known])
    if known.any():
        low, high = values[known].min(), values[known].max()
        with np.errstate(over="ignore"):
            assert (np.abs(sent[known] - values[known]) <= 1e-4 * (high - low)).all()


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([0.0, 0.1, 1000.0], "f4"),
        ([1e9, 1e9 + 1], "f8"),
        ([3.0, 3.0], "f4"),
        ([0.1, 0.1], "f8"),
        ([0.0, 1e300], "f8"),
        ([0.0, 1e-300], "f8"),
        ([np.nan, np.inf], "f4"),
        ([], "f4"),
    ],
)
def test_large_arrays_are_halved_where_nothing_is_lost(values: list[float], dtype: str) -> None:
    assert compact(np.array(values)).dtype == np.dtype(dtype)


@pytest.mark.parametrize(
    ("axis", "dtype"),
    [
        (np.arange(2048.0), "f4"),
        (8000 + 0.5 * np.arange(2048), "f4"),
        (1.7e9 + np.arange(10.0), "f8"),
        (np.array([1e300, -1e300]), "f8"),
        (np.array([np.nan, 1.0]), "f8"),
        (np.array([]), "f4"),
    ],
    ids=["channels", "energies", "times", "huge", "nan", "empty"],
)
def test_the_points_of_an_axis_stay_where_they_are(axis: np.ndarray, dtype: str) -> None:
    assert compact_axis(axis).dtype == np.dtype(dtype)


def test_columns_are_counted() -> None:
    columns = Columns()
    assert [columns.put(np.zeros(1)), columns.put(np.ones(1))] == [0, 1]
    assert len(columns.arrays) == 2


def test_what_is_no_number_is_nothing() -> None:
    assert [finite(value) for value in (1, 2.5, np.inf, np.nan)] == [1, 2.5, None, None]
