"""The data of a plot as named arrays and texts, with where each item came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jupyter_stream.plots.image_scale import image_scale
from jupyter_stream.plots.spectrum_model import SpectrumModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyter_stream.plots.image import Image
    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.plot_model import PlotModel
    from jupyter_stream.plots.spectrum import Spectrum

LONGEST = 1000

Arrays = dict[str, NDArray[Any]]


class Exported(NamedTuple):
    """What is exported of a plot.

    Attributes
    ----------
    texts
        What the plot is, by name.
    arrays
        The arrays by name; those of one number or text an item come first.
    """

    texts: dict[str, str]
    arrays: dict[str, NDArray[Any]]


def exported(model: PlotModel) -> Exported:
    """Return the data of a plot.

    Of the item number i, `topic[i]`, `partition[i]`, `offset[i]`, `label[i]` and `time[i]` (epoch
    seconds) say where it came from.

    Parameters
    ----------
    model
        The plot.
    """
    items = model.items()
    arrays = {**_origin(items), **DATA[model.kind](items)}
    if isinstance(model, SpectrumModel):
        arrays |= _traces(model)
    return Exported(_texts(model), arrays)


def _texts(model: PlotModel) -> dict[str, str]:
    header = model.since(model.version).header
    texts = {"kind": model.kind, "title": model.title}
    for name in ("x_label", "y_label", "z_label"):
        if name in header:
            texts[name] = header[name]
    for trace in header.get("traces", ()):
        if trace["slot"]:
            texts[f"reference_{trace['slot']}"] = trace["name"]
    return {name: _storable(text) for name, text in texts.items()}


def text_array(texts: Sequence[str]) -> NDArray[Any]:
    """Return texts as an array; they are cut where they are very long.

    Parameters
    ----------
    texts
        The texts.
    """
    return np.array([_storable(text) for text in texts], dtype=np.str_)


def _storable(text: str) -> str:
    """Leave out what no file can hold: zeros, and halves of signs."""
    return text[:LONGEST].replace("\0", "").encode("utf-8", "replace").decode()


def _origin(items: Sequence[Item[Any]]) -> Arrays:
    marks = [item.mark for item in items]
    return {
        "label": text_array([mark.label for mark in marks]),
        "topic": text_array([mark.topic for mark in marks]),
        "partition": np.array([mark.partition for mark in marks], np.int64),
        "offset": np.array([mark.offset for mark in marks], np.int64),
        "time": np.array([mark.time for mark in marks], np.float64),
    }


def _spectra(items: Sequence[Item[Spectrum]]) -> Arrays:
    spectra = [item.value for item in items]
    return _rows(spectra) if len({id(one.x) for one in spectra}) == 1 else _apart(spectra)


def _traces(model: SpectrumModel) -> Arrays:
    arrays = {}
    for trace in model.traces():
        name = f"{trace.role}_{trace.slot}" if trace.slot else trace.role
        arrays[f"{name}_x"], arrays[f"{name}_y"] = trace.x, trace.y
    return arrays


def _rows(spectra: list[Spectrum]) -> Arrays:
    """Return spectra with one axis as a table."""
    arrays = {"x": spectra[0].x, "y": np.array([one.y for one in spectra])}
    if any(one.y_error is not None for one in spectra):
        unknown = np.full(len(spectra[0].x), np.nan)
        errors = [unknown if one.y_error is None else one.y_error for one in spectra]
        arrays["y_error"] = np.array(errors)
    return arrays


def _apart(spectra: list[Spectrum]) -> Arrays:
    """Return spectra with axes of their own, numbered from 0 on."""
    arrays = {}
    for number, one in enumerate(spectra):
        arrays[f"x_{number}"], arrays[f"y_{number}"] = one.x, one.y
        if one.y_error is not None:
            arrays[f"y_error_{number}"] = one.y_error
    return arrays


def _image(items: Sequence[Item[Image]]) -> Arrays:
    if not items:
        return {}
    image = items[-1].value
    scale = image_scale(image)
    return {
        "image": image.values,
        "x": scale.x.middles() if image.x is None else image.x,
        "y": scale.y.middles() if image.y is None else image.y,
    }


def _numbers(items: Sequence[Item[dict[str, float]]]) -> Arrays:
    names = list(dict.fromkeys(name for item in items for name in item.value))
    values = [[item.value.get(name, np.nan) for name in names] for item in items]
    shape = (len(items), len(names))
    return {"names": text_array(names), "values": np.array(values, np.float64).reshape(shape)}


def _cells(items: Sequence[Item[dict[str, str]]]) -> Arrays:
    names = list(dict.fromkeys(name for item in items for name in item.value))
    cells = text_array([item.value.get(name, "") for item in items for name in names])
    return {"names": text_array(names), "cells": cells.reshape(len(items), len(names))}


DATA: dict[str, Callable[[Sequence[Any]], Arrays]] = {
    "spectrum": _spectra,
    "waterfall": _spectra,
    "image": _image,
    "series": _numbers,
    "table": _cells,
}
