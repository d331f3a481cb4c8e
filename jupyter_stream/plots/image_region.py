"""Parts of an image: the statistics of a region, and the values along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.plots.columns import compact, compact_axis
from jupyter_stream.plots.image_values import real_values
from jupyter_stream.plots.statistics import statistics

if TYPE_CHECKING:
    from jupyter_stream.plots.columns import Columns
    from jupyter_stream.plots.image import Image
    from jupyter_stream.plots.image_scale import ImageScale


def region_of(
    image: Image, scale: ImageScale, bounds: tuple[float, ...], mask: float | None
) -> dict[str, Any]:
    """Return the statistics of the pixels whose middles are in a rectangle.

    Parameters
    ----------
    image
        The image.
    scale
        Where its pixels stand.
    bounds
        Two opposite corners x0, y0, x1, y1, in units of the axes.
    mask
        What stands for no value.
    """
    left, bottom, right, top = bounds
    part = image.values[scale.y.pixels(bottom, top), scale.x.pixels(left, right)]
    return {"bounds": list(bounds), "statistics": statistics(real_values(part, mask))}


def cut_through(
    image: Image, scale: ImageScale, cut: dict[str, Any], mask: float | None, columns: Columns
) -> dict[str, Any]:
    """Return the values of the row or the column at a place.

    Parameters
    ----------
    image
        The image.
    scale
        Where its pixels stand.
    cut
        Which way, and where in units of the axis.
    mask
        What stands for no value.
    columns
        Takes in the place along the line and the values there.
    """
    along_row = cut["axis"] == "row"
    across, along = (scale.y, scale.x) if along_row else (scale.x, scale.y)
    index = across.pixel(cut["at"])
    line = image.values[index] if along_row else image.values[:, index]
    values = real_values(line, mask).astype("f8")
    return {
        "axis": cut["axis"],
        "at": float(across.middles()[index]),
        "x": columns.put(compact_axis(along.middles())),
        "y": columns.put(compact(values)),
    }
