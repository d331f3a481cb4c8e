"""Results as a table of pandas, and as an array of xarray."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.analysis_extra import needed
from jupyter_stream.plots.as_array import as_array
from jupyter_stream.plots.spectrum import Spectrum
from jupyter_stream.plots.times import utc_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import xarray as xr

    from jupyter_stream.analysis.result import Result

_NAMED = 5


def to_dataframe(results: Sequence[Result]) -> pd.DataFrame:
    """Return one row a result: where it comes from, and its value.

    A value that is a mapping has one column for each of its keys; any other is in the column
    `value`.

    Parameters
    ----------
    results
        The results.
    """
    pandas = needed("pandas", "tables")
    rows = [{**_origin(result), **_columns(result.value)} for result in results]
    frame: pd.DataFrame = pandas.DataFrame(rows, columns=None if rows else [*_ORIGIN, "value"])
    return frame


def to_xarray(results: Sequence[Result]) -> xr.DataArray:
    """Stack results of one shape; each has its name, topic, partition, offset and time.

    Parameters
    ----------
    results
        The results: numbers, arrays, or spectra with one axis.

    Raises
    ------
    UsageMistake
        The results are no numbers, or of several shapes.
    """
    xarray = needed("xarray", "arrays with coordinates")
    values = [_array(result) for result in results]
    shapes = sorted({array.shape for array in values})
    if len(shapes) != 1:
        found = "there are no results" if not shapes else f"results have the shapes {_told(shapes)}"
        raise UsageMistake(f"{found}; an array needs results of one shape")
    origins = [_origin(result) for result in results]
    coordinates: dict[str, Any] = {
        name: ("result", [origin[name] for origin in origins]) for name in _ORIGIN
    }
    coordinates["time"] = ("result", _times(origins))
    axis = _shared_axis(results)
    names = ["x"] if axis is not None else [f"axis_{n}" for n in range(len(shapes[0]))]
    if axis is not None:
        coordinates["x"] = ("x", axis)
    stacked: xr.DataArray = xarray.DataArray(
        np.stack(values), dims=["result", *names], coords=coordinates
    )
    return stacked


_ORIGIN = ("topic", "partition", "offset", "time", "name")


def _origin(result: Result) -> dict[str, Any]:
    seconds = result.timestamp
    return {
        "topic": result.topic,
        "partition": result.partition,
        "offset": result.offset,
        "time": None if seconds is None else utc_time(seconds),
        "name": result.name,
    }


def _columns(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {"value": value}
    # What a result is called as its own origin keeps its name.
    return {f"value.{name}" if name in _ORIGIN else str(name): it for name, it in value.items()}


def _array(result: Result) -> Any:
    value = result.value
    array = as_array(value.y if isinstance(value, Spectrum) else value)
    if array.dtype.kind not in "biufc":
        raise UsageMistake(
            f"the result of {result.name} is {type(value).__name__}, and no array of numbers"
        )
    return array


def _times(origins: list[dict[str, Any]]) -> Any:
    return np.array(
        [origin["time"] and origin["time"].replace(tzinfo=None) for origin in origins],
        dtype="datetime64[us]",
    )


def _shared_axis(results: Sequence[Result]) -> Any:
    """Return the axis that all results have; None if they have none, or several."""
    axes = [result.value.x for result in results if isinstance(result.value, Spectrum)]
    same = len(axes) == len(results) and all(np.array_equal(axis, axes[0]) for axis in axes)
    return axes[0] if same else None


def _told(shapes: list[tuple[int, ...]]) -> str:
    return ", ".join(map(str, shapes[:_NAMED])) + (", ..." if len(shapes) > _NAMED else "")
