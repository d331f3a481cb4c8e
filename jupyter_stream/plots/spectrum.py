"""Spectra, and what counts as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jupyter_stream.errors import UnreadableSpectrum

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, init=False, repr=False)
class Spectrum:
    """One spectrum: values over an axis.

    Parameters
    ----------
    y
        The values, shape (n,), in `y_unit`.
    x
        The axis, shape (n,), in `x_unit`; the channel numbers 0 to n - 1 if not given.
    x_label, y_label
        What the axes are.
    x_unit, y_unit
        Their units; empty for none.
    label
        What this spectrum is, for example a file name.

    Raises
    ------
    UnreadableSpectrum
        The shapes do not fit, or the values are no numbers.
    """

    y: Values
    x: Values
    x_label: str
    x_unit: str
    y_label: str
    y_unit: str
    label: str

    def __init__(
        self,
        y: ArrayLike,
        x: ArrayLike | None = None,
        *,
        x_label: str = "Channel",
        x_unit: str = "",
        y_label: str = "Counts",
        y_unit: str = "",
        label: str = "",
    ) -> None:
        values = _numbers(y, "y")
        axis = np.arange(len(values), dtype=np.float64) if x is None else _numbers(x, "x")
        if len(axis) != len(values):
            raise UnreadableSpectrum(
                f"x has {len(axis)} values and y has {len(values)}; both need the same number"
            )
        fields = {
            "y": values,
            "x": axis,
            "x_label": _text(x_label),
            "x_unit": _text(x_unit),
            "y_label": _text(y_label),
            "y_unit": _text(y_unit),
            "label": _text(label),
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        name = f"{self.label!r}, " if self.label else ""
        low, high = float(self.x.min()), float(self.x.max())
        axes = f"{self.y_label} over {self.x_label} {low:g} to {high:g} {self.x_unit}".rstrip()
        return f"<Spectrum {name}{len(self.y)} points, {axes}>"

    def labelled(self, label: str) -> Spectrum:
        """Return the same spectrum, with this label where it has none of its own."""
        return Spectrum(
            self.y,
            self.x,
            x_label=self.x_label,
            x_unit=self.x_unit,
            y_label=self.y_label,
            y_unit=self.y_unit,
            label=self.label or label,
        )


def as_spectrum(result: Any) -> Spectrum:
    """Take what an analysis function returned as a spectrum.

    Parameters
    ----------
    result
        A `Spectrum`, an array of values, a pair (x, y) of arrays, or a mapping with "y" and,
        if wanted, the other fields of `Spectrum`.

    Raises
    ------
    UnreadableSpectrum
        The result is something else.
    """
    if isinstance(result, Spectrum):
        return result
    if isinstance(result, Mapping):
        return _from_mapping(result)
    if isinstance(result, tuple) and len(result) == 2:  # noqa: PLR2004 - a pair
        return Spectrum(x=result[0], y=result[1], x_label="x", y_label="y")
    return Spectrum(result)


def _from_mapping(result: Mapping[Any, Any]) -> Spectrum:
    fields = {str(name): value for name, value in result.items()}
    if "y" not in fields:
        raise UnreadableSpectrum(f"a dict needs the key 'y'; this one has {sorted(fields)}")
    unknown = fields.keys() - set(Spectrum.__slots__)
    if unknown:
        raise UnreadableSpectrum(f"a spectrum has no field {sorted(unknown)}")
    return Spectrum(**fields)


def _text(value: object) -> str:
    """Take paths, units and the like as texts, and nothing as no text."""
    return "" if value is None else str(value)


def _numbers(values: Any, name: str) -> Values:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise UnreadableSpectrum(f"{name} is no array: {error}") from None
    if array.dtype.kind not in "biuf":
        raise UnreadableSpectrum(
            f"{name} holds no real numbers but {type(values).__name__} ({array.dtype}); "
            "return a Spectrum, an array, or a pair (x, y)"
        )
    if array.ndim != 1:
        raise UnreadableSpectrum(f"{name} has the shape {array.shape}; one axis is needed")
    if array.size == 0:
        raise UnreadableSpectrum(f"{name} is empty")
    # A copy of its own: the user's function may reuse its array for the next file.
    return np.array(array, dtype=np.float64)
