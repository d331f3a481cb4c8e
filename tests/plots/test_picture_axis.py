"""Axes of pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.picture_axis import Axis, limits, time_text


@given(st.lists(st.floats(width=64), max_size=5), st.booleans(), st.floats(0, 0.2))
def test_ticks_of_any_values_are_few_and_within_the_frame(
    values: list[float], upward: bool, room: float
) -> None:
    first, last = (400.0, 0.0) if upward else (0.0, 400.0)
    axis = Axis(*limits(np.array(values), room), first, last)
    ticks = axis.ticks(40)
    assert 1 <= len(ticks) <= 12
    assert all(-1e-6 <= tick.pixel <= 400 + 1e-6 for tick in ticks)
    assert len({tick.text for tick in ticks}) == len(ticks)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (0, 0.5, ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        (-1e-7, 1e-7, ["-1e-07", "-5e-08", "0", "5e-08", "1e-07"]),
        (0, 5e9, ["0", "1e+09", "2e+09", "3e+09", "4e+09", "5e+09"]),
    ],
)
def test_ticks_are_round(low: float, high: float, texts: list[str]) -> None:
    assert [tick.text for tick in Axis(low, high, 0, 240).ticks(40)] == texts


def test_what_begins_at_nothing_stays_there() -> None:
    assert limits(np.array([0.0, 10]), 0.1) == (0, 11)
    assert limits(np.array([5.0, 15]), 0.1) == (4, 16)
    assert limits(np.array([np.nan])) == (0, 1)


@pytest.mark.parametrize("span", [0.01, 3, 100, 5000, 1e5, 1e7, 1e9])
def test_times_are_round(span: float) -> None:
    ticks = Axis(1.7e9, 1.7e9 + span, 0, 800).time_ticks(100)
    assert 1 <= len(ticks) <= 9
    assert len({tick.text for tick in ticks}) == len(ticks)


def test_a_time_out_of_the_calendar_has_no_text() -> None:
    assert time_text(1e18, 1) == time_text(float("nan"), 1) == ""
    assert Axis(1e18, 2e18, 0, 800).time_ticks(100) == []
