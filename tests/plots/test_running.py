"""Reductions of everything that came."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.item_ring import Item
from jupyter_stream.plots.running import BATCH, ExponentialMean, FoldedTotals, Running, started
from jupyter_stream.plots.spectrum import Spectrum
from tests.plots.marks import mark


def item(number: int, values: list[float], time: float | None = None) -> Item[Spectrum]:
    return Item(number, number, mark(number, time=time), Spectrum(values), 8)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=3 * BATCH))
def test_spectra_that_were_put_aside_count_too(values: list[float]) -> None:
    running = Running(FoldedTotals("sum"))
    for number, value in enumerate(values):
        running.add(item(number, [value]))
    together = running.reduced()
    assert together is not None
    assert together.values[0] == pytest.approx(sum(values), abs=1e-6)


def test_few_large_spectra_are_put_aside_for_a_short_time_only() -> None:
    running = Running(FoldedTotals("mean"))
    large = item(1, [1.0])._replace(size=5 * 2**20)
    running.add(large)
    running.add(large)
    assert running._pending == []


def test_nothing_is_nothing() -> None:
    for folding in (FoldedTotals("mean"), ExponentialMean(3, None)):
        assert Running(folding).reduced() is None


def test_an_exponential_mean_forgets_by_number() -> None:
    mean = ExponentialMean(3, None)
    mean.fold([item(1, [0.0, np.nan]), item(2, [8.0, 4.0]), item(3, [np.nan, 8.0])])
    together = mean.reduced()
    assert together is not None
    np.testing.assert_allclose(together.values, [4, 6])
    assert together.deviation is not None
    assert np.isfinite(together.deviation).all()


def test_an_exponential_mean_forgets_by_time() -> None:
    mean = ExponentialMean(None, 10)
    mean.fold([item(1, [0.0], time=100), item(2, [1.0], time=110), item(3, [5.0], time=90)])
    together = mean.reduced()
    assert together is not None
    # What comes late by its time counts for nothing.
    np.testing.assert_allclose(together.values, [1 - 1 / np.e])


def test_an_exponential_mean_has_gaps_where_nothing_came() -> None:
    mean = ExponentialMean(3, None)
    mean.fold([item(1, [np.nan, np.inf]), item(2, [np.nan, 1.0])])
    together = mean.reduced()
    assert together is not None
    np.testing.assert_array_equal(together.values, [np.nan, 1.0])


@pytest.mark.parametrize(
    ("reduction", "count", "seconds", "runs"),
    [
        ("none", None, None, False),
        ("mean", None, None, True),
        ("max", 5, None, False),
        ("sum", None, 5.0, False),
        ("exponential", 5, None, True),
        ("exponential", None, None, True),
    ],
)
def test_what_has_no_span_runs_on(
    reduction: str, count: int | None, seconds: float | None, runs: bool
) -> None:
    settings = {"reduction": reduction, "span_count": count, "span_seconds": seconds}
    assert (started(settings) is not None) == runs
