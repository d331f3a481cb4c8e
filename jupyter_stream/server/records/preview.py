"""Thumbnails as numbers: the page draws them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from jupyter_stream.formats.chunk import is_chunk
from jupyter_stream.server.records.drawable import plane_of, spectrum_of
from jupyter_stream.server.records.reading import CHUNK, read_as
from jupyter_stream.server.records.small_table import table_of
from jupyter_stream.server.records.thinned import Line, small_plane, thinned

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GREATEST_GREY = 255.0


@dataclass(frozen=True, slots=True)
class SpectrumPreview:
    """A line.

    Attributes
    ----------
    x
        Where its points are; None if they are where their numbers say.
    y
        Its points; None where there is no number.
    """

    x: list[float] | None
    y: list[float | None]
    kind: Literal["spectrum"] = "spectrum"


@dataclass(frozen=True, slots=True)
class ImagePreview:
    """An image of greys.

    Attributes
    ----------
    shape
        Rows and columns.
    low, high
        What black and white stand for.
    data
        A byte for each pixel, row by row, as base64.
    """

    shape: tuple[int, int]
    low: float
    high: float
    data: str
    kind: Literal["image"] = "image"


@dataclass(frozen=True, slots=True)
class TablePreview:
    """The upper left corner of a table.

    Attributes
    ----------
    columns
        Their names.
    rows
        Their cells as texts.
    """

    columns: list[str]
    rows: list[list[str]]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class NoPreview:
    """There is nothing to draw."""

    kind: Literal["none"] = "none"


Preview = SpectrumPreview | ImagePreview | TablePreview | NoPreview
"""What the page can draw of a record."""

PREVIEWS = (SpectrumPreview, ImagePreview, TablePreview, NoPreview)


def preview_of(value: bytes | None, form: str, points: int) -> Preview:
    """Return what can be drawn of a value.

    Parameters
    ----------
    value
        The value of a record.
    form
        In which format to read it: "auto" or the name of one.
    points
        How many points a line may have.
    """
    if not value or form == CHUNK or is_chunk(value):
        return NoPreview()
    decoded = read_as(value, form).value
    line = spectrum_of(decoded)
    if line is not None:
        return _spectrum(thinned(line, points))
    plane = plane_of(decoded)
    if plane is not None:
        return _image(small_plane(plane))
    table = table_of(decoded)
    return NoPreview() if table is None else TablePreview(*table)


def _spectrum(line: Line) -> SpectrumPreview:
    y = [value if np.isfinite(value) else None for value in line.y.tolist()]
    if line.x is None or not np.isfinite(line.x).all():
        return SpectrumPreview(None, y)
    return SpectrumPreview(line.x.tolist(), y)


def _image(plane: NDArray[Any]) -> ImagePreview:
    there = plane[np.isfinite(plane)]
    low, high = (float(there.min()), float(there.max())) if there.size else (0.0, 0.0)
    scale = _GREATEST_GREY / (high - low) if high > low else 0.0
    greys = np.nan_to_num((plane - low) * scale, nan=0.0, posinf=_GREATEST_GREY, neginf=0.0)
    data = b64encode(greys.round().astype(np.uint8).tobytes()).decode()
    return ImagePreview((plane.shape[0], plane.shape[1]), low, high, data)
