"""Times of results."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.plots.times import local_time, utc_time

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_east")
def test_a_time_is_shown_as_the_clocks_here_show_it() -> None:
    assert f"{local_time(0):%H:%M}" == "09:00"
    assert f"{utc_time(0):%H:%M}" == "00:00"


@pytest.mark.usefixtures("_east")
@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e18, -1e18, 253402300799])
def test_a_time_out_of_the_calendar_is_none(seconds: float) -> None:
    assert local_time(seconds) is None
