"""The energy calibration of the two fluorescence detectors, made from their own peaks.

The files hold counts per channel and no calibration. Every peak below was identified by its
place in the row of neighbours and its position was found by a Gaussian fit over the background;
the straight line through them gives the energy of a channel. What the line leaves over is under
5 eV everywhere, a thirtieth of a peak's width at half maximum.

Energies are tabulated ones; K-alpha is the mean of K-alpha-1 and K-alpha-2, weighted by their
intensities (1 to 0.51), because the detectors don't resolve the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class EmissionLine:
    """An X-ray line, and where a detector sees it.

    Parameters
    ----------
    name
        Element and transition.
    energy
        Tabulated energy in keV.
    channel
        Position of the peak in channels.
    """

    name: str
    energy: float
    channel: float


@dataclass(frozen=True)
class Calibration:
    """A detector's energy scale: the straight line through its emission lines.

    Parameters
    ----------
    lines
        The lines found in a spectrum of the detector, two at least.
    """

    lines: tuple[EmissionLine, ...]

    @cached_property
    def coefficients(self) -> tuple[float, float]:
        """Gain in keV per channel, and the energy of channel 0 in keV."""
        channels = [line.channel for line in self.lines]
        gain, offset = np.polyfit(channels, [line.energy for line in self.lines], 1)
        return float(gain), float(offset)

    def energy(self, channels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the energies of channels, in keV."""
        gain, offset = self.coefficients
        return gain * channels + offset

    def residuals(self) -> dict[str, float]:
        """Return tabulated minus calibrated energy of each line, in keV."""
        calibrated = self.energy(np.array([line.channel for line in self.lines]))
        pairs = zip(self.lines, calibrated, strict=True)
        return {line.name: line.energy - float(energy) for line, energy in pairs}


# The Fe and Cr lines of steel leave no doubt; their silicon escape peaks (1.74 keV lower) and
# the pile-up of two Fe photons (12.80 keV) lie where this line puts them.
STEEL = Calibration(
    (
        EmissionLine("Cr K-alpha", 5.4116, 454.27),
        EmissionLine("Fe K-alpha", 6.3994, 537.05),
        EmissionLine("Fe K-beta", 7.0580, 591.90),
        EmissionLine("Ni K-alpha", 7.4723, 626.97),
    )
)

# The file says that Co is near channel 1474 and that the offset is huge. Ti to Zn is then the
# unbroken row of neighbouring elements around it; Se and Sr stretch the scale. The line meets
# what it was not made from: As K-alpha (10.53 keV) within 2 eV, the zero-energy peak at channel
# 96 within 11 eV, and the elastic peak near the 17.5 keV that the file gives as excitation.
STANDARD = Calibration(
    (
        EmissionLine("Ti K-alpha", 4.5088, 994.62),
        EmissionLine("V K-alpha", 4.9496, 1081.87),
        EmissionLine("Cr K-alpha", 5.4116, 1174.47),
        EmissionLine("Mn K-alpha", 5.8950, 1271.12),
        EmissionLine("Fe K-alpha", 6.3994, 1371.26),
        EmissionLine("Co K-alpha", 6.9252, 1476.30),
        EmissionLine("Ni K-alpha", 7.4723, 1584.29),
        EmissionLine("Cu K-alpha", 8.0410, 1697.09),
        EmissionLine("Zn K-alpha", 8.6311, 1814.40),
        EmissionLine("Se K-alpha", 11.2086, 2327.07),
        EmissionLine("Sr K-alpha", 14.1423, 2910.95),
    )
)

# By the first word of a file's name, in lower case: the originals, and what the simulated
# instrument writes.
CALIBRATIONS = {"steel": STEEL, "xrfspectrum": STANDARD, "standard": STANDARD}
