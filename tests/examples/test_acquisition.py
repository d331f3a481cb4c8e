"""The noise: expectation, variance and growth of simulated acquisitions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from acquisition import INCIDENT_PHOTONS, average_scans, count_fluorescence
from numpy.typing import NDArray
from spectra import read_spectrum

from tests.examples.conftest import example_file

Values = NDArray[np.float64]


@pytest.fixture
def steel() -> Values:
    return read_spectrum(example_file("Steel.spe")).y


@pytest.fixture
def copper() -> Values:
    return read_spectrum(example_file("EXAFS_Cu.dat")).y


def test_counts_grow_and_never_fall(steel: Values) -> None:
    shown = list(count_fluorescence(steel, 5, np.random.default_rng(1)))

    assert len(shown) == 5
    assert len({id(counts) for counts in shown}) == 5, "each is an array of its own"
    assert (np.diff(shown, axis=0) >= 0).all()
    assert all(after.sum() > before.sum() for before, after in pairwise(shown))
    assert all((counts == counts.round()).all() for counts in shown)


def test_counts_reach_the_spectrum_in_equal_steps(steel: Values) -> None:
    totals = [counts.sum() for counts in count_fluorescence(steel, 4, np.random.default_rng(2))]

    expected = steel.sum() * np.array([0.25, 0.5, 0.75, 1])
    assert (abs(totals - expected) < 4 * np.sqrt(expected)).all()


def test_counts_have_the_variance_of_counting(steel: Values) -> None:
    *_, counts = count_fluorescence(steel, 7, np.random.default_rng(3))
    filled = steel > 20

    pulls = (counts[filled] - steel[filled]) / np.sqrt(steel[filled])

    # The mean and the variance of n standard normal values have the errors n^-1/2, (2/n)^1/2.
    assert abs(pulls.mean()) < 4 / np.sqrt(filled.sum())
    assert pulls.var() == pytest.approx(1, abs=4 * np.sqrt(2 / filled.sum()))


def test_empty_channels_stay_empty() -> None:
    *_, counts = count_fluorescence(np.zeros(10), 3, np.random.default_rng(4))

    assert not counts.any()


@pytest.mark.parametrize("scans", [1, 16])
def test_absorption_has_the_noise_of_its_photons(copper: Values, scans: int) -> None:
    *_, absorption = average_scans(copper, scans, np.random.default_rng(5))
    photons = scans * INCIDENT_PHOTONS

    pulls = (absorption - copper) / np.sqrt((1 + np.exp(copper)) / photons)

    assert abs(pulls.mean()) < 4 / np.sqrt(len(pulls)) + 0.05, "the logarithm has a small bias"
    assert pulls.var() == pytest.approx(1, abs=4 * np.sqrt(2 / len(pulls)))


def test_averaging_lowers_the_noise(copper: Values) -> None:
    noise = [
        (absorption - copper).std()
        for absorption in average_scans(copper, 16, np.random.default_rng(6))
    ]

    assert noise[0] / noise[-1] == pytest.approx(4, rel=0.2)
