"""Rates over a sliding window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.jobs.rate import Rate


def test_nothing_is_known_of_the_first_moment() -> None:
    assert Rate().update(0.0, 5) == 0.0


@given(st.floats(0.1, 1000), st.integers(2, 60))
def test_steady_growth_is_its_own_rate(per_second: float, steps: int) -> None:
    rate = Rate(5.0)
    values = [rate.update(step, round(step * per_second * 1000)) for step in range(steps)]
    assert values[-1] / 1000 == pytest.approx(per_second, rel=0.01)


def test_the_rate_falls_to_zero_when_nothing_comes() -> None:
    rate = Rate(5.0)
    for second in range(4):
        rate.update(second, second * 10)
    seen = [rate.update(second, 30) for second in range(4, 12)]
    assert seen[0] > 0
    assert seen[-1] == 0.0
