"""Fewer points for the same picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.extremes import COLUMNS, extremes, thinned
from jupyter_stream.plots.spectrum import Spectrum


def test_what_fits_the_screen_stays_as_it_is() -> None:
    spectrum = Spectrum(np.arange(2 * COLUMNS))
    x, y = thinned(spectrum)
    assert x is spectrum.x
    assert y is spectrum.y


@given(st.integers(0, 299_999), st.sampled_from([-1000.0, 1000.0]))
def test_no_peak_and_no_dip_is_lost_and_no_point_moved(place: int, height: float) -> None:
    values = np.sin(np.arange(300_000) / 1000)
    values[place] = height
    x, y = thinned(Spectrum(values))
    assert len(y) <= 2 * COLUMNS
    assert (x[np.abs(y).argmax()], height) == (place, y[np.abs(y).argmax()])
    np.testing.assert_array_equal(values[x.astype(int)], y)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-10, 10)), min_size=1))
def test_each_column_keeps_its_extremes(points: list[tuple[int, float]]) -> None:
    column = np.array(sorted(column for column, _ in points))
    y = np.array([value for _, value in points])
    kept = extremes(column, y)
    assert list(kept) == sorted(set(kept))
    for number in set(column):
        inside = y[column == number]
        shown = y[kept][column[kept] == number]
        assert (shown.min(), shown.max()) == (inside.min(), inside.max())
        assert len(shown) <= 2
