"""One curve over time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.curve import Curve


def grown(capacity: int, times: list[float]) -> Curve:
    curve = Curve(capacity)
    for version, t in enumerate(times, 1):
        curve.append(version, t, -t)
    return curve


@given(st.integers(1, 10), st.integers(0, 40), st.lists(st.integers(0, 40), max_size=6))
def test_a_view_that_drops_and_adds_has_what_the_curve_has(
    capacity: int, number: int, looks: list[int]
) -> None:
    curve, view, known = Curve(capacity), np.empty(0), 0
    for version in range(1, number + 1):
        curve.append(version, float(version), 0)
        if version in looks:
            points, dropped = curve.newer(known)
            view, known = np.concatenate((view[dropped:], points.t)), version
            np.testing.assert_array_equal(view, curve.points().t)
    assert len(curve) == min(capacity, number)


def test_many_points_are_kept_in_little_memory() -> None:
    curve = grown(2000, [float(n) for n in range(20_000)])
    assert curve.points().t.tolist() == [float(n) for n in range(18_000, 20_000)]
    assert len(curve._points.t) <= 4096


@given(st.integers(1, 10), st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_points_stand_in_the_order_of_time(capacity: int, times: list[int]) -> None:
    curve = Curve(capacity)
    expected: list[tuple[int, int]] = []
    for version, t in enumerate(times, 1):
        curve.append(version, t, version)
        expected = sorted([*expected[1 if len(expected) == capacity else 0 :], (t, version)])
    points = curve.points()
    assert list(zip(points.t.tolist(), points.y.tolist(), strict=True)) == expected


def test_points_that_are_late_by_less_than_is_seen_stay_where_they_came() -> None:
    times = [0.0, 1000, 999.5, 999.2, 999.1, 1001, 998]
    curve = grown(9, times)
    assert curve.points().t.tolist() == [0, 998, 1000, 999.5, 999.2, 999.1, 1001]
    assert curve.rearranged == 7


def test_a_point_that_comes_late_is_said_to_rearrange_the_curve() -> None:
    assert grown(9, [1, 2, 2]).rearranged == 0
    assert grown(9, [1, 3, 2, 4]).rearranged == 3


@given(st.lists(st.floats(-100, 100), min_size=9, max_size=60))
def test_a_thinned_curve_moves_no_point_and_keeps_the_extremes(values: list[float]) -> None:
    curve = Curve(100)
    for version, y in enumerate(values, 1):
        curve.append(version, version, y)
    curve.thin(99)
    points = curve.points()
    assert len(curve) <= len(values) / 2 + 4
    assert [values[int(t) - 1] for t in points.t] == points.y.tolist()
    assert (points.y.min(), points.y.max(), points.y[-1]) in {
        (min(values), max(values), values[-1]),
        (min(values), max(values), points.y[-1]),
    }
    assert curve.rearranged == 99


def test_a_curve_may_get_more_or_less_room() -> None:
    curve = grown(10, [float(n) for n in range(10)])
    curve.resize(3)
    assert curve.points().t.tolist() == [7, 8, 9]
    curve.resize(5)
    for version in range(11, 16):
        curve.append(version, version, 0)
    assert curve.points().t.tolist() == [11, 12, 13, 14, 15]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_has_no_size(value: float) -> None:
    curve = Curve(5)
    curve.append(1, 1, -3)
    curve.append(2, 2, value)
    assert curve.largest == 3
