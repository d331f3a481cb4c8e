"""One curve over time."""

from __future__ import annotations

import time

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


def test_a_point_ahead_of_the_clock_waits_for_its_time() -> None:
    curve = Curve(5)
    future = time.time() + 1e6
    curve.append(1, 10.0, 1)
    curve.append(2, future, 2)
    for version in range(3, 12):
        curve.append(version, 10.0 + version, 3)
    assert curve.points().t.tolist() == [17, 18, 19, 20, 21]
    assert curve.rearranged == 0
    assert curve.newer(10)[0].t.tolist() == [21]
    assert [point.y for point in curve.ahead()] == [2]


def test_a_point_whose_time_has_come_is_where_it_belongs(monkeypatch: pytest.MonkeyPatch) -> None:
    curve = Curve(5)
    soon = time.time() + 100
    curve.append(1, soon - 200, 1)
    curve.append(2, soon, 2)
    assert len(curve) == 1
    monkeypatch.setattr(time, "time", lambda: soon)
    curve.append(3, soon - 10, 3)
    assert (curve.points().y.tolist(), curve.ahead(), curve.rearranged) == ([1, 3, 2], [], 3)
    curve.append(4, soon + 10, 4)
    assert curve.points().t.tolist() == [soon - 200, soon - 10, soon, soon + 10]


def test_several_points_ahead_one_after_the_other_are_no_mistake() -> None:
    curve = Curve(5)
    future = time.time() + 1e6
    for version in range(1, 7):
        curve.append(version, future + version, version)
    assert curve.points().y.tolist() == [2, 3, 4, 5, 6]
    assert curve.ahead() == []


def test_of_points_ahead_no_more_are_kept_than_there_is_room_for() -> None:
    curve = Curve(5)
    future = time.time() + 1e6
    for version in range(1, 500, 2):
        curve.append(version, future, 2)
        curve.append(version + 1, 10.0 + version, 3)
    assert len(curve.ahead()) == 100
