"""What is said of values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.statistics import statistics


@given(
    arrays.arrays(
        np.float64,
        st.integers(1, 1500),
        elements=st.one_of(st.floats(-1e6, 1e6), st.sampled_from([np.nan, np.inf, -np.inf])),
    )
)
def test_only_finite_values_count(values: np.ndarray) -> None:
    known = values[np.isfinite(values)]
    told = statistics(values)
    assert told["masked"] == len(values) - len(known)
    if not len(known):
        assert told["mean"] is None
        return
    assert (told["min"], told["max"]) == (known.min(), known.max())
    assert told["mean"] == pytest.approx(known.mean(), abs=1e-6)
    assert told["std"] == pytest.approx(known.std(), rel=1e-6, abs=1e-6)
    assert told["sum"] == pytest.approx(known.sum(), abs=1e-6)


def test_small_floats_are_summed_up_exactly() -> None:
    values = np.full((2048, 512), 1000.1, np.float32)
    told = statistics(values)
    assert told["sum"] == pytest.approx(float(np.float32(1000.1)) * values.size, rel=1e-12)
    assert told["std"] == pytest.approx(0, abs=1e-4)


def test_deviations_too_large_for_their_numbers_are_reckoned_in_larger_ones() -> None:
    assert statistics(np.array([-3e38, 3e38], np.float32))["std"] == pytest.approx(3e38)
    assert statistics(np.array([-1e308, 1e308]))["std"] is None
