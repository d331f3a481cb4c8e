"""What counts as numbers at one time: a number, or some under names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from jupyter_stream.errors import Unplottable
from jupyter_stream.plots.as_array import outer_shape
from jupyter_stream.plots.short_text import short

ONLY = "value"
MOST = 100


class Reading(NamedTuple):
    """A number with its unit."""

    value: float
    unit: str


def readings(result: Any) -> dict[str, Reading]:
    """Return the numbers in a result by name.

    Parameters
    ----------
    result
        A number; or a mapping of names to numbers or to pairs (number, unit), of which whatever
        is something else is left out; or a short row of numbers.

    Raises
    ------
    Unplottable
        There is no number in it.
    """
    if isinstance(result, Mapping):
        found = {short(name): reading(value) for name, value in result.items()}
        named = {name: value for name, value in found.items() if value is not None}
    else:
        one = reading(result)
        named = _row(result) if one is None else {ONLY: one}
    if not named:
        raise Unplottable(f"a curve needs a number, or a dict of numbers; this is {_told(result)}")
    return named


def reading(value: Any) -> Reading | None:
    """Return a value as a number with its unit; None if it is something else.

    Parameters
    ----------
    value
        Anything.
    """
    if type(value) is float or type(value) is int:
        return _reading(value, "")
    if isinstance(value, Mapping) and "value" in value:
        number = reading(value["value"])
        return number and Reading(number.value, short(value.get("unit")))
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], str):  # noqa: PLR2004
        number = reading(value[0])
        return number and Reading(number.value, short(value[1]))
    if isinstance(value, (bool, int, float)) or _is_one_number(value):
        return _reading(value, "")
    return None


def _is_one_number(value: Any) -> bool:
    """Say whether an array, of numpy or a like library, holds one real number."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return kind in {*"biuf"} and getattr(value, "size", 0) == 1


def _reading(value: Any, unit: str) -> Reading | None:
    try:
        return Reading(float(value.item() if hasattr(value, "item") else value), unit)
    except (OverflowError, TypeError):
        return None


def _row(result: Any) -> dict[str, Reading]:
    if not isinstance(result, (list, tuple, np.ndarray)) or len(outer_shape(result)) != 1:
        return {}
    found = [reading(value) for value in result[:MOST]]
    return {f"{ONLY} {place}": one for place, one in enumerate(found, 1) if one is not None}


def _told(result: Any) -> str:
    if isinstance(result, np.ndarray):
        return f"an array of {result.dtype}, shape {result.shape}"
    if isinstance(result, Mapping):
        kinds = ", ".join(f"{name!r}: {type(value).__name__}" for name, value in result.items())
        return f"a dict of {{{kinds[:200]}}}"
    return type(result).__name__
