"""What settings take, and what is said of values that they don't."""

from __future__ import annotations

import math
from typing import Any

import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.settings import (
    Rule,
    checked,
    count,
    flag,
    interval,
    number,
    one_of,
    optional,
)

RULES = {
    "way": one_of("mean", "max"),
    "peaks": flag(),
    "side": count(16, 4096),
    "mask": optional(number()),
    "levels": interval(0, 100),
    "limits": interval(),
}


def test_values_come_back_in_their_own_form() -> None:
    assert checked(RULES, {"way": "max", "side": 20.0, "levels": [1, 99], "mask": None}) == {
        "way": "max",
        "side": 20,
        "levels": (1.0, 99.0),
        "mask": None,
    }


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"colour": "red"}, r"no setting 'colour'; it has way, peaks, side, mask, levels, limits"),
        ({"way": "median"}, r"way cannot be 'median': it takes one of mean, max"),
        ({"way": ["mean"]}, "one of mean, max"),
        ({"peaks": 1}, "true or false"),
        ({"side": 8}, "a whole number of at least 16 and of at most 4096"),
        ({"side": 20.5}, "a whole number"),
        ({"side": True}, "a whole number"),
        ({"side": None}, "a whole number"),
        ({"mask": "a"}, "a number, or nothing"),
        ({"mask": math.nan}, "a number, or nothing"),
        ({"mask": 10**400}, "a number, or nothing"),
        ({"levels": [99, 1]}, "two rising numbers of at least 0 and of at most 100"),
        ({"levels": [1, 1]}, "two rising numbers"),
        ({"levels": [1]}, "two rising numbers"),
        ({"levels": [1, 2, 3]}, "two rising numbers"),
        ({"levels": 5}, "two rising numbers"),
        ({"levels": [0, 101]}, "two rising numbers"),
        ({"limits": [-1.7e308, 1.7e308]}, "two rising numbers"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_taken(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(UsageMistake, match=text):
        checked(RULES, settings)


def test_a_plot_without_settings_says_so() -> None:
    rules: dict[str, Rule] = {}
    with pytest.raises(UsageMistake, match="it has none"):
        checked(rules, {"way": "mean"})
