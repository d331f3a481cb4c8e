"""What a detector would have counted: growing acquisitions with the noise of counting.

A measured spectrum is taken as the expectation, and photons are drawn around it. The measured
spectra are noisy themselves; their noise stays and the drawn one comes on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Values = NDArray[np.float64]

# Photons before the sample at one point of one scan: few enough that a single scan is visibly
# noisy (0.05 where copper absorbs most, 3.2), enough that the average of ten is good.
INCIDENT_PHOTONS = 10_000


def count_fluorescence(
    spectrum: Values, steps: int, random: np.random.Generator
) -> Iterator[Values]:
    """Count one fluorescence acquisition, and show the counts so far after each step.

    Parameters
    ----------
    spectrum
        Expected counts per channel at the end of the acquisition.
    steps
        Number of equal exposures.
    random
        Source of the noise.

    Yields
    ------
    Values
        Counts per channel since the beginning; no channel ever loses counts.
    """
    counts = np.zeros(len(spectrum))
    for _ in range(steps):
        counts = counts + random.poisson(spectrum / steps)
        yield counts


def average_scans(absorption: Values, scans: int, random: np.random.Generator) -> Iterator[Values]:
    """Repeat an absorption scan, and show the average so far after each scan.

    Parameters
    ----------
    absorption
        Expected absorption at each energy: the logarithm of incident over transmitted photons.
    scans
        Number of scans.
    random
        Source of the noise.

    Yields
    ------
    Values
        Absorption from the photons of all scans so far; the noise falls with the square root
        of their number.
    """
    incident = np.zeros(len(absorption))
    transmitted = np.zeros(len(absorption))
    for _ in range(scans):
        incident = incident + random.poisson(INCIDENT_PHOTONS, len(absorption))
        transmitted = transmitted + random.poisson(INCIDENT_PHOTONS * np.exp(-absorption))
        yield np.log(incident / transmitted)
