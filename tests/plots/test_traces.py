"""Lines that are derived from spectra."""

from __future__ import annotations

import numpy as np

from jupyter_stream.plots.columns import Columns
from jupyter_stream.plots.traces import Trace, compared, described, limits

X = np.arange(4.0)


def line(values: list[float], x: np.ndarray = X, role: str = "latest") -> Trace:
    return Trace(role, "a", x, np.array(values))


def test_a_difference_and_a_ratio_to_the_reference() -> None:
    reference = line([1, 2, 0, np.nan], role="reference")
    shown = line([2, 2, 5, 5])
    difference = compared("difference", shown, reference)
    np.testing.assert_array_equal(difference.y, [1, 0, 5, np.nan])
    assert (difference.role, difference.name) == ("difference", "difference to a")
    np.testing.assert_array_equal(compared("ratio", shown, reference).y, [2, 1, np.nan, np.nan])


def test_a_reference_with_another_axis_is_read_between_its_points() -> None:
    reference = line([20.0, 10], np.array([3.0, 1]), role="reference")
    np.testing.assert_array_equal(
        compared("difference", line([0, 0, 0, 0]), reference).y, [np.nan, -10, -15, -20]
    )


def test_huge_values_are_compared_without_a_warning() -> None:
    huge = line([1.7e308] * 4)
    assert np.isnan(compared("difference", huge, line([-1.7e308] * 4)).y).all()
    assert np.isinf(limits(huge, huge.y)[1].y).all()


def test_lines_of_one_axis_share_it() -> None:
    columns = Columns()
    rows = described([line([1, 2, 3, 4]), line([5, 6, 7, 8])], columns)
    assert [row["x"] for row in rows] == [0, 0]
    assert [columns.arrays[row["y"]].tolist() for row in rows] == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_both_limits_of_a_long_line_keep_the_same_points() -> None:
    columns = Columns()
    x = np.arange(100_000.0)
    long = line(np.sin(x / 500).tolist(), x)
    lower, upper = described(limits(long, np.cos(x) ** 2), columns)
    assert lower["x"] == upper["x"]
    assert len(columns.arrays) == 3
    assert len(columns.arrays[lower["x"]]) <= 8192
