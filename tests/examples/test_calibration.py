"""The energy calibrations: the peaks are where the tables say, and the line fits them."""

from __future__ import annotations

import numpy as np
import pytest
from calibration import STANDARD, STEEL, Calibration, EmissionLine
from numpy.typing import NDArray
from spectra import read_spectrum

from tests.examples.conftest import example_file

Values = NDArray[np.float64]

HALF_WIDTH = {"Steel.spe": 4, "XRFSpectrum.mca": 11}
LINES = [
    *(("Steel.spe", line) for line in STEEL.lines),
    *(("XRFSpectrum.mca", line) for line in STANDARD.lines),
]


def peak(counts: Values, near: float, half_width: int, background: float) -> float:
    """Return the channel of a peak's centre: the logarithm of a Gaussian is a parabola."""
    centre = near
    for _ in range(5):
        middle = round(centre)
        window = np.arange(middle - half_width, middle + half_width + 1)
        heights = np.log(np.maximum(counts[window] - background, 1))
        curvature, slope, _ = np.polyfit(
            window - middle, heights, 2, w=np.sqrt(np.maximum(counts[window], 1))
        )
        centre = middle - slope / (2 * curvature)
    return float(centre)


def lowest_beside(counts: Values, near: float) -> float:
    channel = round(near)
    beside = [counts[channel - 40 : channel - 20], counts[channel + 20 : channel + 40]]
    return float(np.min(beside))


@pytest.mark.parametrize(("name", "line"), LINES, ids=lambda value: getattr(value, "name", value))
def test_each_line_is_at_its_channel(name: str, line: EmissionLine) -> None:
    counts = read_spectrum(example_file(name)).y
    background = lowest_beside(counts, line.channel) if name == "XRFSpectrum.mca" else 0.0

    found = peak(counts, line.channel - 2, HALF_WIDTH[name], background)

    assert found == pytest.approx(line.channel, abs=0.1)


@pytest.mark.parametrize("calibration", [STEEL, STANDARD])
def test_what_the_line_leaves_over_is_small(calibration: Calibration) -> None:
    residuals = calibration.residuals()

    assert len(residuals) == len(calibration.lines)
    assert max(map(abs, residuals.values())) < 0.005, "keV"


@pytest.mark.parametrize(
    ("calibration", "gain", "offset"), [(STEEL, 0.01194, -0.013), (STANDARD, 0.00503, -0.494)]
)
def test_gain_and_offset(calibration: Calibration, gain: float, offset: float) -> None:
    assert calibration.coefficients == pytest.approx((gain, offset), abs=5e-4)


@pytest.mark.parametrize(
    ("name", "energy", "what", "tolerance"),
    [
        ("Steel.spe", 2 * 6.3994, "pile-up of two Fe photons", 0.03),
        ("Steel.spe", 8.2647, "Ni K-beta", 0.02),
        ("XRFSpectrum.mca", 10.5317, "As K-alpha", 0.02),
        ("XRFSpectrum.mca", 3.6905, "Ca K-alpha", 0.03),
        ("XRFSpectrum.mca", 0.0, "zero energy", 0.03),
    ],
)
def test_peaks_that_were_not_used_are_at_their_energies(
    name: str, energy: float, what: str, tolerance: float
) -> None:
    spectrum = read_spectrum(example_file(name))
    near = np.flatnonzero(abs(spectrum.x - energy) < 0.15)

    highest = spectrum.x[near[spectrum.y[near].argmax()]]

    assert highest == pytest.approx(energy, abs=tolerance), what
