"""The rates of a job, and the time that is left."""

import time

import pytest

from jupyter_stream.jobs.rates import Rates
from jupyter_stream.jobs.stats import JobStats


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_the_time_left_follows_from_the_rate_of_the_content(clock: list[float]) -> None:
    rates = Rates()
    rates.measure(JobStats(content_bytes=0, content_bytes_total=1000))
    clock[0] += 2.0
    stats = rates.measure(JobStats(content_bytes=200, content_bytes_total=1000))
    assert stats.seconds_left == 8.0


def test_nothing_is_guessed_without_a_rate_or_a_total(clock: list[float]) -> None:
    rates = Rates()
    assert rates.measure(JobStats(content_bytes=5)).seconds_left is None
    clock[0] += 10.0
    assert rates.measure(JobStats(content_bytes=5, content_bytes_total=9)).seconds_left is None


def test_no_time_is_left_when_all_is_done() -> None:
    done = JobStats(content_bytes=9, content_bytes_total=9)
    assert Rates().measure(done).seconds_left == 0.0


def test_at_rest_there_are_no_rates_and_no_guess() -> None:
    stats = JobStats(files=3, files_per_second=1.0, seconds_left=4.0).at_rest()
    assert stats == JobStats(files=3)
