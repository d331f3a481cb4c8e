"""The last spectra of many."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.item_ring import Item
from jupyter_stream.plots.spectrum import Spectrum
from jupyter_stream.plots.totals import totals_of
from jupyter_stream.plots.window import BLOCK, Window, within_span
from tests.plots.marks import mark

ITEMS = [
    Item(n, n, mark(n, time=n / 10), Spectrum([np.sin(n), float(n)]), 8) for n in range(1, 300)
]


@given(st.lists(st.integers(0, 250), min_size=1, max_size=8), st.integers(1, 4 * BLOCK))
def test_a_window_that_moves_is_the_same_as_one_reckoned_anew(starts: list[int], size: int) -> None:
    window = Window()
    for start in sorted(starts):
        items = ITEMS[start : start + size]
        anew = totals_of(np.array([item.value.y for item in items]))
        for moved, reckoned in zip(window.totals(items), anew, strict=True):
            np.testing.assert_allclose(moved, reckoned, rtol=1e-9, atol=1e-9)


def test_spans_are_of_a_number_or_a_time_or_both() -> None:
    assert within_span(ITEMS, 5, None) == ITEMS[-5:]
    assert within_span(ITEMS, None, 1.05) == ITEMS[-11:]
    assert within_span(ITEMS, 3, 1.05) == ITEMS[-3:]
    assert within_span(ITEMS, None, None) == ITEMS
    assert within_span([], 5, 1.0) == []
