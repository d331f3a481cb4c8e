"""What is known of many spectra, point by point."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.reduction import reduced
from jupyter_stream.plots.totals import merged, totals_of

ROWS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.just(3)),
    elements=st.one_of(st.floats(-1e6, 1e6), st.sampled_from([np.nan, np.inf, -np.inf])),
)


@given(ROWS, st.integers(0, 12))
def test_parts_together_are_the_same_as_all_at_once(rows: np.ndarray, cut: int) -> None:
    first, second = rows[:cut], rows[cut:]
    parts = [totals_of(part) for part in (first, second) if len(part)]
    together = parts[0] if len(parts) == 1 else merged(*parts)
    for point in range(3):
        known = rows[np.isfinite(rows[:, point]), point]
        mean, total, greatest = (reduced(kind, together) for kind in ("mean", "sum", "max"))
        if not len(known):
            assert np.isnan([mean.values[point], total.values[point], greatest.values[point]]).all()
            continue
        assert greatest.values[point] == known.max()
        np.testing.assert_allclose(mean.values[point], known.mean(), atol=1e-6)
        np.testing.assert_allclose(total.values[point], known.sum(), atol=1e-6)
        assert mean.deviation is not None
        if len(known) > 1:
            np.testing.assert_allclose(
                mean.deviation[point], known.std(ddof=1), rtol=1e-6, atol=1e-4
            )
        else:
            assert np.isnan(mean.deviation[point])


def test_the_deviation_of_a_sum_grows_with_the_root_of_the_number() -> None:
    rows = np.array([[1.0], [3.0], [1.0], [3.0]])
    together = reduced("sum", totals_of(rows))
    assert together.deviation is not None
    np.testing.assert_allclose(together.deviation, rows.std(ddof=1) * 2)
    assert reduced("max", totals_of(rows)).deviation is None


def test_huge_values_are_reckoned_without_a_warning() -> None:
    huge = totals_of(np.array([[1.7e308], [1.7e308]]))
    assert np.isinf(reduced("sum", merged(huge, huge)).values[0])
    assert reduced("max", huge).values[0] == 1.7e308
