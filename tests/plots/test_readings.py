"""What counts as numbers at one time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jupyter_stream.errors import Unplottable
from jupyter_stream.plots.readings import MOST, Reading, readings


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (5, {"value": 5}),
        (True, {"value": 1}),
        (np.float32(0.5), {"value": 0.5}),
        (np.array(3), {"value": 3}),
        (np.array([3]), {"value": 3}),
        ({"a": 1, "b": np.int8(2), "name": "x", "when": None}, {"a": 1, "b": 2}),
        ({"a": np.zeros(5), "b": float("nan")}, {"b": float("nan")}),
        ([1, 2.5], {"value 1": 1, "value 2": 2.5}),
        ((1, "x", 3), {"value 1": 1, "value 3": 3}),
        ({3: 4}, {"3": 4}),
        (10**400, None),
    ],
)
def test_numbers_are_found(result: Any, expected: dict[str, float] | None) -> None:
    if expected is None:
        with pytest.raises(Unplottable):
            readings(result)
    else:
        found = {name: one.value for name, one in readings(result).items()}
        np.testing.assert_equal(found, expected)


@pytest.mark.parametrize(
    "result",
    [{"T": (4.2, "K")}, {"T": {"value": 4.2, "unit": "K", "ok": True}}],
)
def test_a_unit_may_come_along(result: Any) -> None:
    assert readings(result) == {"T": Reading(4.2, "K")}


def test_a_long_row_has_so_many_numbers_and_no_more() -> None:
    assert len(readings(list(range(1000)))) == MOST


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (None, "this is NoneType"),
        ("text", "this is str"),
        ([], "this is list"),
        ({}, "this is a dict of {}"),
        ({"a": "b", "c": None}, "a dict of {'a': str, 'c': NoneType}"),
        (np.zeros((2, 3), "f4"), r"an array of float32, shape \(2, 3\)"),
        (1j, "this is complex"),
        ({"T": ("warm", "K")}, "'T': tuple"),
        ({"T": {"value": "warm"}}, "'T': dict"),
        ((np.zeros(3), 3.2), "this is tuple"),
        ([[1, 2], [3]], "this is list"),
    ],
)
def test_anything_else_is_refused_with_what_it_was(result: Any, text: str) -> None:
    with pytest.raises(Unplottable, match=text):
        readings(result)
