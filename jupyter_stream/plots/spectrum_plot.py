"""What is on a live spectrum plot: the last few spectra, free of any framework."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jupyter_stream.plots.spectrum import Spectrum

CAPACITY = 20
BYTE_LIMIT = 64 * 2**20


@dataclass(frozen=True, slots=True)
class PlottedSpectrum:
    """A spectrum with its place in the sequence of all that were plotted, from 1 on."""

    serial: int
    spectrum: Spectrum


@dataclass(frozen=True, slots=True)
class SpectrumSnapshot:
    """The plot at one moment.

    Parameters
    ----------
    version
        Grows with every change of the plot.
    title, x_label, y_label
        Texts of the plot; the labels carry the units.
    spectra
        The spectra asked for, oldest first.
    """

    version: int
    title: str
    x_label: str
    y_label: str
    spectra: tuple[PlottedSpectrum, ...]


class SpectrumPlot:
    """The last spectra of a stream; one thread appends, any number of views pull.

    Parameters
    ----------
    title
        Title of the plot, until a spectrum brings its label.
    capacity
        How many spectra are kept, as long as they take less than 64 MiB.
    """

    def __init__(self, title: str, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._title = title
        self._lock = Lock()
        self._serial = 0
        self._spectra: deque[PlottedSpectrum] = deque(maxlen=capacity)

    @property
    def version(self) -> int:
        """Grows with every change of the plot."""
        return self._serial

    def append(self, spectrum: Spectrum) -> None:
        """Put a spectrum on the plot; beyond the capacity the oldest leaves it.

        Parameters
        ----------
        spectrum
            The newest spectrum.
        """
        with self._lock:
            self._serial += 1
            self._spectra.append(PlottedSpectrum(self._serial, spectrum))
            while len(self._spectra) > 1 and self._bytes() > BYTE_LIMIT:
                self._spectra.popleft()

    def _bytes(self) -> int:
        return sum(
            plotted.spectrum.x.nbytes + plotted.spectrum.y.nbytes for plotted in self._spectra
        )

    def since(self, serial: int) -> SpectrumSnapshot:
        """Return the plot with the spectra that came after a serial number.

        Parameters
        ----------
        serial
            The newest serial number that is known already; 0 for none.
        """
        with self._lock:
            version = self._serial
            spectra = tuple(self._spectra)
        newest = spectra[-1].spectrum if spectra else None
        return SpectrumSnapshot(
            version,
            f"{self._title}: {newest.label}" if newest and newest.label else self._title,
            _with_unit(newest.x_label, newest.x_unit) if newest else "",
            _with_unit(newest.y_label, newest.y_unit) if newest else "",
            tuple(plotted for plotted in spectra if plotted.serial > serial),
        )


def same_axis(first: Spectrum, second: Spectrum) -> bool:
    """Say whether two spectra have the same axis values."""
    return first.x is second.x or np.array_equal(first.x, second.x)


def _with_unit(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label
