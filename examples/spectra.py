"""Read the example spectra: what a user's own analysis function looks like.

`read_spectrum` takes a received file and returns the spectrum in it. Everything else here is
about the three file formats and about which energy a detector channel stands for.
"""

from __future__ import annotations

import math
from itertools import dropwhile, takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

import numpy as np
from calibration import CALIBRATIONS

from jupyter_stream import Spectrum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Line = tuple[int, str]


class File(Protocol):
    """The two things that are needed of a received file."""

    @property
    def name(self) -> str:
        """The file's name; its suffix tells the format."""

    @property
    def data(self) -> bytes | memoryview:
        """The file's content."""


def read_spectrum(file: File) -> Spectrum:
    """Return the spectrum in a file.

    Parameters
    ----------
    file
        A file of one of the formats .mca, .spe and .dat, with `name` and `data`.

    Returns
    -------
    Spectrum
        Absorption over energy in eV for .dat. Counts over energy in keV for a fluorescence
        detector whose calibration is known, else over the channel number.

    Raises
    ------
    ValueError
        The suffix is none of these, or the content does not fit its format; the message names
        the file and the line.
    """
    suffix = PurePosixPath(file.name).suffix.lower()
    text = _text(file)
    if suffix == ".mca":
        return _fluorescence(file.name, 0, parse_mca(text, file.name))
    if suffix == ".spe":
        return _fluorescence(file.name, *parse_spe(text, file.name))
    if suffix == ".dat":
        energy, absorption = parse_dat(text, file.name)
        return Spectrum(x=energy, y=absorption, x_label="Energy", x_unit="eV", y_label="Absorption")
    raise ValueError(f"{file.name}: no spectrum format has this suffix; use .mca, .spe or .dat")


def parse_mca(text: str, name: str) -> Values:
    """Return the counts per channel of a .mca file: one number a line, `#` starts a comment.

    Parameters
    ----------
    text
        The file's content.
    name
        The file's name, for messages.

    Raises
    ------
    ValueError
        A line holds something else, or there are no counts.
    """
    return _table(_data_lines(text), 1, name)[:, 0]


def parse_dat(text: str, name: str) -> tuple[Values, Values]:
    """Return energy in eV and absorption of a .dat file: two columns, `#` starts a header line.

    Parameters
    ----------
    text
        The file's content.
    name
        The file's name, for messages.

    Raises
    ------
    ValueError
        A line holds something else, or there are no points.
    """
    table = _table(_data_lines(text), 2, name)
    return table[:, 0], table[:, 1]


def parse_spe(text: str, name: str) -> tuple[int, Values]:
    """Return the first channel and the counts per channel of a .spe file.

    Parameters
    ----------
    text
        The file's content: blocks that begin with `$TITLE:`. `$DATA:` holds the first and the
        last channel on one line, then the counts.
    name
        The file's name, for messages.

    Raises
    ------
    ValueError
        There is no such block, a line holds no numbers, or the number of counts is another one
        than the channels need.
    """
    block = _block(text, "$DATA:", name)
    if not block:
        raise ValueError(f"{name}: the $DATA: block is empty")
    (number, channels), *rows = block
    limits = _numbers(channels, number, name)
    if len(limits) != 2 or not 0 <= limits[0] <= limits[1]:  # noqa: PLR2004 - first and last
        raise ValueError(
            f"{name}, line {number}: not the first and the last channel: {_start(channels)}"
        )
    first, last = int(limits[0]), int(limits[1])
    counts = [count for number, row in rows for count in _numbers(row, number, name)]
    if len(counts) != last - first + 1:
        raise ValueError(
            f"{name}, line {block[-1][0]}: {len(counts)} counts end here, "
            f"but channels {first} to {last} were announced"
        )
    return first, np.array(counts)


def _fluorescence(name: str, first: int, counts: Values) -> Spectrum:
    """Put counts over energy where the detector's calibration is known, else over channels."""
    channels = np.arange(first, first + len(counts), dtype=np.float64)
    # These formats don't say which detector wrote them; the file's name does.
    calibration = CALIBRATIONS.get(PurePosixPath(name).stem.lower().partition("_")[0])
    if calibration is None:
        return Spectrum(x=channels, y=counts)
    return Spectrum(x=calibration.energy(channels), y=counts, x_label="Energy", x_unit="keV")


def _text(file: File) -> str:
    try:
        return bytes(file.data).decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{file.name}: byte {error.start} is no text") from None


def _lines(text: str) -> list[Line]:
    """Return the lines that are not blank, with their numbers from 1 on."""
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in lines if line]


def _data_lines(text: str) -> list[Line]:
    return [(number, line) for number, line in _lines(text) if not line.startswith("#")]


def _block(text: str, title: str, name: str) -> list[Line]:
    """Return the lines between the title of a block and the next title."""
    lines = dropwhile(lambda line: line[1] != title, _lines(text))
    if next(lines, None) is None:
        raise ValueError(f"{name}: there is no {title} block")
    return list(takewhile(lambda line: not line[1].startswith("$"), lines))


def _table(lines: Iterable[Line], columns: int, name: str) -> Values:
    rows = []
    for number, line in lines:
        row = _numbers(line, number, name)
        if len(row) != columns:
            raise ValueError(
                f"{name}, line {number}: {len(row)} number(s) instead of {columns}: {_start(line)}"
            )
        rows.append(row)
    if not rows:
        raise ValueError(f"{name}: the file holds no data")
    return np.array(rows)


def _numbers(line: str, number: int, name: str) -> list[float]:
    try:
        values = [float(field) for field in line.split()]
    except ValueError:
        values = [math.nan]
    if not all(map(math.isfinite, values)):
        raise ValueError(f"{name}, line {number}: not only numbers: {_start(line)}")
    return values


def _start(line: str) -> str:
    """Quote the start of a line, as much as a message can bear."""
    return repr(line[:60])
