"""Reading a file as a spectrum when the user gives no function for it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.analysis.text_lines import lines_of
from jupyter_stream.errors import Undecodable, UnreadableSpectrum
from jupyter_stream.formats.decoding import decode
from jupyter_stream.formats.npy_format import MAGIC
from jupyter_stream.plots.spectrum import MOST_POINTS, Spectrum, as_spectrum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from jupyter_stream.files.receiving.received_file import ReceivedFile

LONGEST_LINE = 2**20

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
        values = decode(file.data).value
    except Undecodable as error:
        raise UnreadableSpectrum(f"{file.name} is no readable .npy file: {error}") from None
    try:
        return as_spectrum(values).labelled(file.name)
    except UnreadableSpectrum as error:
        raise UnreadableSpectrum(f"{file.name}: {error}; {_ADVICE}") from None


def _text(file: ReceivedFile) -> NDArray[np.float64]:
    # Of each row what a spectrum is made of, as plain numbers: a list of lists takes ten times
    # the memory of the text.
    table = array("d")
    widths: set[int] = set()
    rows = 0
    for row in _rows(file):
        widths.add(len(row))
        table.extend(row[:2])
        rows += 1
        if rows > MOST_POINTS:
            raise UnreadableSpectrum(
                f"{file.name} has more than {MOST_POINTS} rows, and a spectrum may have no more "
                f"points; {_ADVICE}"
            )
    if len(widths) != 1 or 0 in widths:
        found = f"rows of {sorted(widths)} columns" if rows else "no numbers"
        raise UnreadableSpectrum(f"{file.name} has {found}; {_ADVICE}")
    numbers = np.frombuffer(table)
    return numbers if widths == {1} else numbers.reshape(rows, 2)


def _rows(file: ReceivedFile) -> Iterator[list[float]]:
    try:
        for number, line in enumerate(lines_of(file.data), 1):
            if _has_data(line):
                yield _row(file, number, line)
    except UnicodeDecodeError:
        raise UnreadableSpectrum(f"{file.name} is neither text nor .npy; {_ADVICE}") from None


def _has_data(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith(COMMENTS)


def _row(file: ReceivedFile, number: int, line: str) -> list[float]:
    # The words of a longer line would take ten times its memory: it is no row.
    words = line.replace(",", " ").replace(";", " ").split() if len(line) < LONGEST_LINE else [line]
    try:
        return [float(word) for word in words]
    except ValueError:
        raise UnreadableSpectrum(
            f"{file.name}, line {number} is no row of numbers: {line.strip()[:60]!r}; {_ADVICE}"
        ) from None
