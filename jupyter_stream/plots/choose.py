"""Which plot shows a kind of results, and making plots by their name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.as_array import shape_of_numbers
from jupyter_stream.plots.image import Image, as_image
from jupyter_stream.plots.image_model import ImageModel
from jupyter_stream.plots.readings import readings
from jupyter_stream.plots.series_model import SeriesModel
from jupyter_stream.plots.spectrum import Spectrum, as_spectrum
from jupyter_stream.plots.spectrum_model import CAPACITY, SpectrumModel
from jupyter_stream.plots.table_model import TableModel
from jupyter_stream.plots.waterfall_model import CAPACITY as ROWS
from jupyter_stream.plots.waterfall_model import WaterfallModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyter_stream.plots.plot_model import PlotModel

KINDS = ("spectrum", "waterfall", "image", "series", "table")
FEW = 4
PLANE = 2


def make_plot(kind: str, title: str, *, last: int = CAPACITY) -> PlotModel:
    """Return an empty plot.

    Parameters
    ----------
    kind
        One of "spectrum", "waterfall", "image", "series" and "table".
    title
        Title of the plot.
    last
        How many spectra are shown over one another; a waterfall and a table have more rows.

    Raises
    ------
    UsageMistake
        There is no such kind of plot.
    """
    match kind:
        case "spectrum":
            return SpectrumModel(title, last)
        case "waterfall":
            return WaterfallModel(title, max(last, ROWS))
        case "image":
            return ImageModel(title)
        case "series":
            return SeriesModel(title)
        case "table":
            return TableModel(title, max(last, ROWS))
        case _:
            raise UsageMistake(f"there is no plot {kind!r}; there are {', '.join(KINDS)}")


def choose(values: Sequence[Any]) -> tuple[str, str]:
    """Return the kind of plot for results, and why.

    Parameters
    ----------
    values
        The first results, at least one.
    """
    found = [_kind(value) for value in values]
    kinds = {kind for kind, _ in found}
    if len(kinds) > 1:
        return "table", f"the first results are for several plots: {', '.join(sorted(kinds))}"
    return found[-1]


def _kind(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return _kind_of_mapping({str(name): part for name, part in value.items()})
    if isinstance(value, Spectrum) or _is_pair(value):
        return "spectrum", f"results are spectra of {len(as_spectrum(value).y)} points"
    if isinstance(value, Image):
        return "image", _told("images", value.values.shape)
    return _kind_of_shape(value)


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and _takes(as_spectrum, value)


def _kind_of_mapping(parts: dict[str, Any]) -> tuple[str, str]:
    shapes = {name: _shape_of_some(part) for name, part in parts.items()}
    for name, shape in shapes.items():
        if shape is not None and len(shape) == PLANE and _takes(as_image, parts):
            return "image", _told(f"dicts with an array {name!r}", shape)
    for name, shape in shapes.items():
        if shape is not None and len(shape) == 1 and _takes(as_spectrum, parts):
            return "spectrum", _told(f"dicts with an array {name!r}", shape)
    if _takes(readings, parts):
        names = list(readings(parts))
        return "series", f"results are dicts with numbers: {_listed(names)}"
    return "table", f"results are dicts of {_listed(list(parts))}, which no other plot shows"


def _kind_of_shape(value: Any) -> tuple[str, str]:
    shape = _shape_of_some(value)
    if shape is None:
        if isinstance(value, tuple) and _takes(readings, value):
            return "series", "results are numbers with a unit"
        return "table", f"results are {type(value).__name__}, which no other plot shows"
    if np.prod(shape) <= FEW and len(shape) < PLANE and _takes(readings, value):
        return "series", "results are numbers"
    if _takes(as_spectrum, value):
        what = "arrays" if len(shape) == 1 else "an axis and values"
        return "spectrum", _told(what, shape)
    if _takes(as_image, value):
        return "image", _told("arrays", shape)
    return "table", _told("arrays", shape) + ", which no other plot shows"


def _shape_of_some(value: Any) -> tuple[int, ...] | None:
    """Return the shape of one real number or more; else None."""
    shape = shape_of_numbers(value)
    return None if shape is None or 0 in shape else shape


def _takes(way: Callable[[Any], object], value: Any) -> bool:
    try:
        way(value)
    except Exception:  # noqa: BLE001 - an object of the user's may do anything
        return False
    return True


def _told(what: str, shape: tuple[int, ...]) -> str:
    sides = " x ".join(str(side) for side in shape)
    return f"results are {what} of {sides} {'values' if len(shape) == 1 else ''}".rstrip()


def _listed(names: list[str]) -> str:
    return ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")
