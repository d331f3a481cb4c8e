"""Results as tables and arrays."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

import jupyter_stream as js
from jupyter_stream.analysis.tables import to_dataframe, to_xarray


def results(*values: Any) -> list[js.Result]:
    return [
        js.Result(value, f"a/{n}.txt" if n else None, "topic", 1, n, 1.5e9 + n if n else None)
        for n, value in enumerate(values)
    ]


def test_a_table_has_a_row_for_each_result() -> None:
    frame = to_dataframe(results(1.5, "text"))
    assert list(frame.columns) == ["topic", "partition", "offset", "time", "name", "value"]
    assert frame["value"].tolist() == [1.5, "text"]
    assert frame["name"].tolist() == ["topic [1] 0", "a/1.txt"]
    assert frame["offset"].tolist() == [0, 1]
    assert frame["time"].isna().tolist() == [True, False]
    assert frame["time"][1].timestamp() == 1.5e9 + 1


@pytest.mark.parametrize("seconds", [1e18, float("nan"), -1e15])
def test_an_odd_timestamp_is_no_time(seconds: float) -> None:
    odd = [js.Result(1.0, None, "topic", 0, 0, seconds), *results(1.0)]
    assert to_dataframe(odd)["time"].isna().all()
    assert np.isnat(to_xarray(odd)["time"].to_numpy()).all()


def test_mappings_have_a_column_for_each_key() -> None:
    frame = to_dataframe(results({"a": 1, "time": 5}, {"a": 2, "b": 3}))
    assert frame["a"].tolist() == [1, 2]
    assert frame["value.time"].isna().tolist() == [False, True]
    assert frame["b"].isna().tolist() == [True, False]


def test_no_results_are_a_table_without_rows() -> None:
    frame = to_dataframe([])
    assert (len(frame), frame.columns[-1]) == (0, "value")


def test_arrays_of_one_shape_are_stacked() -> None:
    array = to_xarray(results(np.zeros((2, 3)), np.ones((2, 3))))
    assert array.dims == ("result", "axis_0", "axis_1")
    assert array.shape == (2, 2, 3)
    assert array.coords["offset"].values.tolist() == [0, 1]
    assert array.coords["name"].values.tolist() == ["topic [1] 0", "a/1.txt"]
    assert np.isnat(array.coords["time"].values).tolist() == [True, False]


def test_spectra_keep_their_axis_as_far_as_they_share_it() -> None:
    axis = np.array([1.0, 2.0, 4.0])
    array = to_xarray(results(js.Spectrum([1, 2, 3], axis), js.Spectrum([4, 5, 6], axis)))
    assert array.dims == ("result", "x")
    assert array.sel(x=4.0).values.tolist() == [3.0, 6.0]
    array = to_xarray(results(js.Spectrum([1, 2, 3], axis), js.Spectrum([4, 5, 6])))
    assert array.dims == ("result", "axis_0")


def test_numbers_make_one_axis() -> None:
    assert to_xarray(results(1, 2, 3)).dims == ("result",)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], "there are no results"),
        ([np.zeros(3), np.zeros(4)], r"the shapes \(3,\), \(4,\)"),
        ([np.zeros(n) for n in range(9)], r"\(4,\), \.\.\.; an array needs"),
        (["text"], r"the result of topic \[1\] 0 is str, and no array of numbers"),
    ],
)
def test_what_makes_no_array_says_why(values: list[Any], text: str) -> None:
    with pytest.raises(js.UsageMistake, match=text):
        to_xarray(results(*values))


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(js.UsageMistake, match=r"xarray.*pip install 'jupyter_stream\[analysis\]'"):
        to_xarray(results(1))
