"""Amounts as people read them."""

import pytest

from jupyter_stream.cli.amounts import bytes_text, counted, duration_text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2.5e12, "2.5 TB"),
        (12_345e15, "12,345.0 PB"),
    ],
)
def test_bytes_get_the_unit_that_suits_them(count: float, text: str) -> None:
    assert bytes_text(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (59.6, "1:00"),
        (125, "2:05"),
        (3 * 3600 + 64, "3:01:04"),
        (2 * 86_400 + 4 * 3600 + 59, "2 d 4 h"),
    ],
)
def test_durations_are_read_as_on_a_clock(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_one_is_singular() -> None:
    assert [counted(number, "file", "files") for number in (0, 1, 1234)] == [
        "0 files",
        "1 file",
        "1,234 files",
    ]
