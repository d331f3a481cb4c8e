"""Which values get the first and the last colour."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.plots.levels import (
    LEVEL_DEFAULTS,
    SAMPLE,
    Levels,
    level_settings,
    percentile_levels,
    sampled,
)


def settings(**changed: Any) -> dict[str, Any]:
    return {**LEVEL_DEFAULTS, **changed}


@given(arrays.arrays(np.float64, st.integers(0, 50), elements=st.floats(width=64)))
def test_levels_are_finite_and_apart(values: np.ndarray) -> None:
    low, high = percentile_levels(values, (1, 99))
    assert np.isfinite(high - low)
    assert low < high
    assert np.isfinite(1000 / (high - low))


def test_levels_leave_out_the_rare_values() -> None:
    assert percentile_levels(np.arange(1001.0), (1, 99)) == (10, 990)
    assert percentile_levels(np.array([0, 5, np.nan, np.inf]), (0, 100)) == (0, 5)


def test_levels_follow_the_values_continuously() -> None:
    levels = Levels()
    assert levels.found(settings(percentiles=(0, 100)), np.arange(3.0)) == (0, 2)
    assert levels.found(settings(percentiles=(0, 100)), np.arange(9.0)) == (0, 8)


@pytest.mark.parametrize("mode", ["once", "locked"])
def test_levels_stay_as_they_were_found(mode: str) -> None:
    levels = Levels()
    kept = settings(level_mode=mode, percentiles=(0, 100))
    assert levels.found(kept, np.arange(3.0)) == (0, 2)
    assert levels.found(kept, np.arange(9.0)) == (0, 2)
    levels.forget()
    assert levels.found(kept, np.arange(9.0)) == (0, 8)


def test_levels_by_hand_are_locked_until_another_way_is_chosen() -> None:
    new: dict[str, Any] = {"levels": (5.0, 6.0)}
    by_hand = level_settings(settings(**new), new)
    assert by_hand["level_mode"] == "locked"
    assert Levels().found(by_hand, np.arange(9.0)) == (5, 6)
    again = level_settings({**by_hand, "level_mode": "once"}, {"level_mode": "once"})
    assert again["levels"] is None


def test_a_sample_is_small_and_from_everywhere() -> None:
    picture = np.arange(2048 * 2048).reshape(2048, 2048)
    sample = sampled(picture)
    assert SAMPLE / 2 <= len(sample) <= SAMPLE + 2
    assert (sample.min(), sample.max()) == (0, picture.size - 1)
    assert len(np.unique(sample % 2048)) > 1000
    assert sample[-3] > 0.99 * picture.size
    assert len(sampled(np.zeros((3, 4)))) == 12
