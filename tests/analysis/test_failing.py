"""When an analysis is said to fail."""

from __future__ import annotations

from jupyter_stream.analysis.failing import MANY, Failing
from jupyter_stream.analysis.harvest import Tally


def test_the_first_failures_are_told_at_once_and_later_ones_when_they_are_many() -> None:
    failing = Failing(Tally())
    assert failing.told(Tally()) is None
    assert "no result of 1 item so far" in str(failing.told(Tally(errors=1)))
    assert "no result of 20 items so far" in str(failing.told(Tally(errors=20)))
    assert failing.told(Tally(errors=21, results=1)) is None
    assert failing.told(Tally(errors=21 + MANY - 1, results=1)) is None
    assert f"no result of the last {MANY} items" in str(
        failing.told(Tally(errors=21 + MANY, results=1))
    )
    assert failing.told(Tally(errors=50, results=2)) is None


def test_another_analysis_is_judged_by_what_comes_of_it() -> None:
    failing = Failing(Tally())
    failing.told(Tally(errors=5, results=5))
    failing.begin_anew(Tally(errors=9, results=9))
    assert failing.told(Tally(errors=9, results=9)) is None
    assert "no result of 1 item so far" in str(failing.told(Tally(errors=10, results=9)))
