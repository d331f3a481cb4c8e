"""Reading a file as a spectrum when the user gives no function for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.errors import Undecodable, UnreadableSpectrum
from jupyter_stream.formats.decoding import decode
from jupyter_stream.formats.npy_format import MAGIC
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.files.receiving.received_file import ReceivedFile

COMMENTS = ("#", "%", ";", "!")


def read_spectrum(file: ReceivedFile) -> Spectrum:
    """Read a file of numbers as a spectrum.

    Understood are `.npy` arrays of values, or of an axis and values as two rows or two columns, the
    axis rising or falling; and text with one column (values) or more (axis, values),
    parted by spaces, tabs, commas or semicolons; lines that begin with # % ; or ! are comments.

    Parameters
    ----------
    file
        A file as it arrived.

    Raises
    ------
    UnreadableSpectrum
        The file is something else.
    """
    if file.data[: len(MAGIC)] == MAGIC:
        return _npy(file)
    table = _text(file)
    if table.ndim == 1:
        return Spectrum(table, label=file.name)
    return Spectrum(table[:, 1], table[:, 0], x_label="x", y_label="y", label=file.name)


_ADVICE = "give an analysis function that returns a Spectrum (--apply NAME)"


def _npy(file: ReceivedFile) -> Spectrum:
    try:
        array = decode(file.data).value
    except Undecodable as error:
        raise UnreadableSpectrum(f"{file.name} is no readable .npy file: {error}") from None
    try:
        return as_spectrum(array).labelled(file.name)
    except UnreadableSpectrum as error:
        raise UnreadableSpectrum(f"{file.name}: {error}; {_ADVICE}") from None


def _text(file: ReceivedFile) -> NDArray[np.float64]:
    try:
        lines = file.text().splitlines()
    except UnicodeDecodeError:
        raise UnreadableSpectrum(f"{file.name} is neither text nor .npy; {_ADVICE}") from None
    rows = [_row(file, number, line) for number, line in enumerate(lines, 1) if _has_data(line)]
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        found = "no numbers" if not rows else f"rows of {sorted(widths)} columns"
        raise UnreadableSpectrum(f"{file.name} has {found}; {_ADVICE}")
    table = np.array(rows, dtype=np.float64)
    return table[:, 0] if widths == {1} else table


def _has_data(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith(COMMENTS)


def _row(file: ReceivedFile, number: int, line: str) -> list[float]:
    try:
        return [float(word) for word in line.replace(",", " ").replace(";", " ").split()]
    except ValueError:
        raise UnreadableSpectrum(
            f"{file.name}, line {number} is no row of numbers: {line.strip()[:60]!r}; {_ADVICE}"
        ) from None
