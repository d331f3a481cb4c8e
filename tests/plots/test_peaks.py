"""Peaks of spectra."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.peaks import MOST, peaks

X = np.linspace(0, 20, 2048)


def gauss(centre: float, height: float, fwhm: float) -> np.ndarray:
    return np.asarray(height * np.exp(-4 * np.log(2) * ((X - centre) / fwhm) ** 2))


@given(st.floats(4, 16), st.floats(1e-3, 1e6), st.floats(0.1, 1), st.booleans())
def test_a_peak_is_found_with_its_width(
    centre: float, height: float, fwhm: float, falls: bool
) -> None:
    y = gauss(centre, height, fwhm) + height / 10
    (peak,) = peaks(X[::-1], y[::-1]) if falls else peaks(X, y)
    assert peak.centre == pytest.approx(centre, abs=0.01)
    assert peak.height == pytest.approx(1.1 * height, rel=0.01)
    assert peak.fwhm == pytest.approx(fwhm, rel=0.02)


@given(st.integers(0, 1000))
def test_the_noise_of_counts_is_no_peak(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.poisson(gauss(7, 400, 0.7) + gauss(12, 3000, 0.5) + 30).astype(float)
    found = peaks(X, y)
    assert [round(peak.centre) for peak in found] == [7, 12]


def test_gaps_are_passed_over() -> None:
    y = gauss(7, 100, 0.7)
    y[::7] = np.nan
    y[1000:1010] = np.inf
    (peak,) = peaks(X, y)
    assert peak.centre == pytest.approx(7, abs=0.02)


def test_of_many_peaks_the_highest_are_told_from_left_to_right() -> None:
    y = sum((gauss(centre, 10 + centre, 0.1) for centre in np.arange(0.3, 19.8, 0.6)), 0 * X)
    found = peaks(X, y)
    assert len(found) == MOST
    assert [peak.centre for peak in found] == sorted(peak.centre for peak in found)
    assert found[0].centre > 5


@pytest.mark.parametrize(
    "y",
    [[1.0], [1.0, 2.0], [5.0] * 9, [np.nan] * 9, [1.7e308, -1.7e308, 1.7e308], [0.0, 1.0, 0.0]],
)
def test_odd_spectra_have_none_or_one(y: list[float]) -> None:
    assert len(peaks(np.arange(float(len(y))), np.array(y))) <= 1
