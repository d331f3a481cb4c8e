"""How often values occur."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.histogram import BINS, histogram


@given(arrays.arrays(np.float64, st.integers(0, 50), elements=st.floats(width=64)))
def test_every_finite_value_is_counted_once(values: np.ndarray) -> None:
    counted = histogram(values)
    assert counted.counts.sum() == np.isfinite(values).sum()
    assert len(counted.counts) == BINS
    assert counted.low < counted.high


def test_values_are_counted_where_they_are() -> None:
    counted = histogram(np.array([0.0, 0.1, 12.8, 12.75, np.nan]))
    assert (counted.low, counted.high) == (0, 12.8)
    assert counted.counts[[0, 1, BINS - 1]].tolist() == [1, 1, 2]
