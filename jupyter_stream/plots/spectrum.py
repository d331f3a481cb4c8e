"""Spectra, and what counts as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jupyter_stream.errors import UnreadableSpectrum
from jupyter_stream.plots.as_array import REAL, as_array, shape_of_numbers
from jupyter_stream.plots.labelled_array import LabelledArray, labelled_array
from jupyter_stream.plots.short_text import short

Values = NDArray[np.float64]

MOST_POINTS = 2**25

AXES = {
    *("x", "energy", "wavelength", "wavenumber", "wavelengths", "energies", "q", "frequency"),
    *("angle", "two_theta", "2theta", "tth", "channel", "channels", "mass", "mz", "time", "axis"),
}


@dataclass(frozen=True, slots=True, eq=False, init=False, repr=False)
class Spectrum:
    """One spectrum: values over an axis.

    Parameters
    ----------
    y
        The values, shape (n,), in `y_unit`.
    x
        The axis, shape (n,), in `x_unit`; the channel numbers 0 to n - 1 if not given.
    y_error
        The uncertainty of each value, shape (n,), in `y_unit`; None if not known.
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
    y_error: Values | None

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
        y_error: ArrayLike | None = None,
    ) -> None:
        values = _numbers(y, "y")
        axis = np.arange(len(values), dtype=np.float64) if x is None else _fitting(x, "x", values)
        fields = {
            "y": values,
            "x": axis,
            "x_label": short(x_label),
            "x_unit": short(x_unit),
            "y_label": short(y_label),
            "y_unit": short(y_unit),
            "label": short(label),
            "y_error": None if y_error is None else _fitting(y_error, "y_error", values),
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
        return self._with("label", self.label or short(label))

    def on_axis(self, x: Values) -> Spectrum:
        """Return the same spectrum over an axis that has equal values.

        Parameters
        ----------
        x
            The array that several spectra share.
        """
        return self._with("x", x)

    def _with(self, name: str, value: object) -> Spectrum:
        """Return the same spectrum, and the same arrays, with one field of another value."""
        changed = object.__new__(Spectrum)
        for field in Spectrum.__slots__:
            object.__setattr__(changed, field, getattr(self, field))
        object.__setattr__(changed, name, value)
        return changed


def with_unit(label: str, unit: str) -> str:
    """Return the label of an axis, with its unit if it has one."""
    return f"{label} ({unit})" if unit else label


def as_spectrum(result: Any) -> Spectrum:
    """Take what an analysis function returned as a spectrum.

    Parameters
    ----------
    result
        A `Spectrum`; an array of values, of numpy or xarray; a pair (x, y) of arrays, as two rows
        or two columns too; a mapping with "y" and, if wanted, the other fields of `Spectrum`; or
        a mapping of names to arrays, of which the one that is called like an axis, or the first
        one if it rises all the way, is the axis.

    Raises
    ------
    UnreadableSpectrum
        The result is something else.
    """
    if isinstance(result, Spectrum):
        return result
    if isinstance(result, Mapping):
        return _from_mapping({str(name): value for name, value in result.items()})
    if isinstance(result, tuple) and len(result) == 2:  # noqa: PLR2004 - a pair
        return Spectrum(x=result[0], y=result[1], x_label="x", y_label="y")
    labelled = labelled_array(result)
    if labelled and len(labelled.dimensions) == 1:
        return _from_labelled(labelled)
    return _from_pair(result) or Spectrum(result)


def _from_labelled(array: LabelledArray) -> Spectrum:
    (axis,) = array.dimensions
    return Spectrum(
        array.values,
        axis.values,
        x_label=axis.label,
        x_unit=axis.unit,
        y_label=array.label or "Counts",
        y_unit=array.unit,
    )


def _from_pair(result: Any) -> Spectrum | None:
    """Take two rows or two columns of numbers, of which the first rises, as axis and values."""
    shape = shape_of_numbers(result)
    if shape is None or len(shape) != 2 or 2 not in shape or max(shape) == 2:  # noqa: PLR2004 - a pair
        return None
    pair = as_array(result)
    x, y = pair if shape[0] == 2 else pair.T  # noqa: PLR2004 - a pair
    return Spectrum(y, x, x_label="x", y_label="y") if _is_axis(x) else None


def _from_mapping(fields: dict[str, Any]) -> Spectrum:
    if "y" in fields:
        # Records carry more than a plot shows.
        return Spectrum(**{name: fields[name] for name in Spectrum.__slots__ if name in fields})
    rows = {
        name: value for name, value in fields.items() if len(shape_of_numbers(value) or ()) == 1
    }
    if not rows:
        raise UnreadableSpectrum(
            f"a spectrum needs an array of one axis, best as 'y'; this is a dict of {_told(fields)}"
        )
    names = list(rows)
    x_name = next((name for name in names if name.lower() in AXES and _is_axis(rows[name])), None)
    if x_name is None and len(names) > 1 and _is_axis(rows[names[0]]):
        x_name = names[0]
    y_name = next((name for name in names if name != x_name), names[0])
    if x_name in {None, y_name}:
        return Spectrum(rows[y_name], y_label=y_name)
    return Spectrum(rows[y_name], rows[x_name], x_label=str(x_name), y_label=y_name)


def _is_axis(values: Any) -> bool:
    """Say whether numbers rise, or fall, all the way."""
    steps = np.diff(as_array(values))
    return bool(len(steps)) and bool((steps > 0).all() or (steps < 0).all())


def _told(fields: Mapping[str, Any]) -> str:
    parts = [f"{name!r}: {_form(value)}" for name, value in fields.items()]
    return f"{{{', '.join(parts)}}}"[:300]


def _form(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype} of shape {value.shape}"
    return type(value).__name__


def _fitting(values: Any, name: str, y: Values) -> Values:
    numbers = _numbers(values, name)
    if len(numbers) != len(y):
        raise UnreadableSpectrum(
            f"{name} has {len(numbers)} values and y has {len(y)}; both need the same number"
        )
    return numbers


def _numbers(values: Any, name: str) -> Values:
    try:
        array = as_array(values)
    except ValueError as error:
        raise UnreadableSpectrum(f"{name} is no array: {error}") from None
    if array.dtype.kind not in REAL:
        raise UnreadableSpectrum(
            f"{name} holds no real numbers but {type(values).__name__} ({array.dtype}); "
            "return a Spectrum, an array, or a pair (x, y)"
        )
    if array.ndim != 1:
        raise UnreadableSpectrum(f"{name} has the shape {array.shape}; one axis is needed")
    if array.size == 0:
        raise UnreadableSpectrum(f"{name} is empty")
    if array.size > MOST_POINTS:
        raise UnreadableSpectrum(
            f"{name} has {array.size} values, and a spectrum may have {MOST_POINTS}; "
            "return a part of it"
        )
    # A copy of its own: the user's function may reuse its array for the next file.
    return np.array(array, dtype=np.float64)
