"""Arrays that bring their axes: those of xarray, told by what they have, not by their type."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Dimension(NamedTuple):
    """One axis of a labelled array.

    Attributes
    ----------
    label, unit
        What it is, and its unit; empty for none.
    values
        The coordinates along it; None where there are no numbers.
    """

    label: str
    unit: str
    values: Any


class LabelledArray(NamedTuple):
    """The parts of a labelled array that plots show.

    Attributes
    ----------
    values
        The array.
    label, unit
        What the values are, and their unit; empty for none.
    dimensions
        Its axes.
    """

    values: Any
    label: str
    unit: str
    dimensions: list[Dimension]


def labelled_array(value: Any) -> LabelledArray | None:
    """Return the parts of a labelled array; None if the value is none.

    Parameters
    ----------
    value
        Anything.
    """
    if not all(hasattr(value, name) for name in ("dims", "coords", "attrs", "values", "name")):
        return None
    label, unit = _named(value, "")
    dimensions = [_dimension(value, str(name)) for name in value.dims]
    return LabelledArray(value.values, label, unit, dimensions)


def _dimension(value: Any, name: str) -> Dimension:
    if name not in value.coords:
        return Dimension(name, "", None)
    coordinate = value.coords[name]
    label, unit = _named(coordinate, name)
    numbers = np.asarray(coordinate.values)
    return Dimension(label, unit, numbers if numbers.dtype.kind in "biuf" else None)


def _named(part: Any, name: str) -> tuple[str, str]:
    label = part.attrs.get("long_name") or part.name or name
    return str(label), str(part.attrs.get("units", ""))
