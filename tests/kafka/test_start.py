"""Where to start, as users write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import jupyter_stream as js
from jupyter_stream.kafka.start import Start, parse_start


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("earliest", "earliest"),
        (" latest ", "latest"),
        ("-30s", timedelta(seconds=30)),
        ("-10m", timedelta(minutes=10)),
        ("-1.5h", timedelta(minutes=90)),
        ("-1d", timedelta(days=1)),
        ("2031-05-17T09:30", datetime(2031, 5, 17, 9, 30)),  # noqa: DTZ001 - local time is meant
        ("2031-05-17", datetime(2031, 5, 17)),  # noqa: DTZ001
        ("2031-05-17T09:30:00Z", datetime(2031, 5, 17, 9, 30, tzinfo=UTC)),
        ("0", 0),
        ("4711", 4711),
    ],
)
def test_a_start_is_read(text: str, start: Start) -> None:
    assert parse_start(text) == start


@pytest.mark.parametrize(
    "text",
    ["", "begin", "Earliest", "-5", "-10x", "10m", "1e3", "²", "2031-13-01", "-" + "9" * 30 + "d"],
)
def test_what_is_no_start_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(js.UsageMistake, match="earliest, latest, so long ago"):
        parse_start(text)
