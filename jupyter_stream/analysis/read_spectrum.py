"""Reading a file as a spectrum when the user gives no function for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import UnreadableSpectrum
from jupyter_stream.plots.spectrum import Spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jupyter_stream.files.receiving.received_file import ReceivedFile

NPY_MAGIC = b"\x93NUMPY"
COMMENTS = ("#", "%", ";", "!")


def read_spectrum(file: ReceivedFile) -> Spectrum:
    """Read a file of numbers as a spectrum.

    Understood are `.npy` arrays, and text with one column (values) or more (axis, values),
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
    array = _npy(file) if file.data[: len(NPY_MAGIC)] == NPY_MAGIC else _text(file)
    if array.ndim == 1:
        return Spectrum(array, label=file.name)
    if array.ndim == 2 and array.shape[1] > 1:  # noqa: PLR2004 - a table
        return Spectrum(array[:, 1], array[:, 0], x_label="x", y_label="y", label=file.name)
    raise UnreadableSpectrum(f"{file.name} holds an array of shape {array.shape}; {_ADVICE}")


_ADVICE = "give an analysis function that returns a Spectrum (--apply NAME)"


def _npy(file: ReceivedFile) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(io.BytesIO(file.data), allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise UnreadableSpectrum(f"{file.name} is no readable .npy file: {error}") from None
    return array


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
