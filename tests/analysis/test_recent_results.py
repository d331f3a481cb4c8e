"""Results are kept within limits, and each is counted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import jupyter_stream as js
from jupyter_stream.analysis.recent_results import RecentResults
from jupyter_stream.analysis.result import size_of


def result(value: Any) -> js.Result:
    return js.Result(value, None, "topic", 0, 0, None)


def filled(numbers: range, size: int = 1, **limits: int) -> RecentResults:
    results = RecentResults(**limits)
    results.extend([(result(number), size) for number in numbers])
    return results


def test_the_oldest_go_by_count_and_by_bytes() -> None:
    assert [it.value for it in filled(range(5), count_limit=3).newest_last()] == [2, 3, 4]
    assert [it.value for it in filled(range(5), 10, byte_limit=25).newest_last()] == [3, 4]
    # The newest is kept however large it is.
    assert filled(range(5), 10, byte_limit=5).latest == 4


def test_what_came_after_a_count_and_what_is_gone() -> None:
    results = filled(range(5), count_limit=3)
    assert results.total == 5
    for seen, gone, values in ((0, 2, [2, 3, 4]), (2, 0, [2, 3, 4]), (4, 0, [4]), (5, 0, [])):
        passed, newer = results.after(seen)
        assert (passed, [it.value for it in newer]) == (gone, values)


def test_what_is_cleared_stays_counted() -> None:
    results = filled(range(5))
    results.clear()
    assert (results.total, results.latest, results.newest_last()) == (5, None, ())
    results.extend([(result(5), 1)])
    assert results.after(0)[0] == 5


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (1.5, 1, 200),
        ("x" * 1000, 1000, 1100),
        (np.zeros(1000), 8000, 8200),
        (js.Spectrum(np.zeros(1000)), 16_000, 16_000),
        ([np.zeros(1000)] * 100, 800_000, 900_000),
        ({"a": {"b": [np.zeros(1000)]}}, 8000, 9000),
        ([0.5] * 100_000, 1_000_000, 10_000_000),
    ],
)
def test_sizes_are_about_right(value: Any, least: int, most: int) -> None:
    assert least <= size_of(value) <= most
