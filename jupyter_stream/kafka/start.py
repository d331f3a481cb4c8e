"""Where in a topic to start reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from jupyter_stream.errors import UsageMistake

Start = Literal["earliest", "latest"] | datetime | timedelta | int | Mapping[int, int]
"""Where to start: at the first record, behind the last, at a time (a naive one is local time), so
long ago, at an offset of every partition, or at an offset of each partition (others: earliest)."""

OFFERED = (
    "earliest, latest, so long ago (-30s, -10m, -2h, -1d), a time (2031-05-17T09:30), "
    "or an offset (a whole number)"
)

_AGO = re.compile(r"-(\d+(?:\.\d+)?)([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_start(text: str) -> Start:
    """Read where to start from a text, as users write it.

    Parameters
    ----------
    text
        "earliest", "latest", "-10m" and the like (s, m, h, d), a time in ISO format, or an offset.

    Raises
    ------
    UsageMistake
        The text is none of these.
    """
    word = text.strip()
    if word == "earliest":
        return "earliest"
    if word == "latest":
        return "latest"
    if ago := _AGO.fullmatch(word):
        return _so_long_ago(float(ago[1]), ago[2], text)
    if word.isascii() and word.isdecimal():
        return int(word)
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        raise _mistake(text) from None


def _so_long_ago(number: float, unit: str, text: str) -> timedelta:
    try:
        return timedelta(**{_UNITS[unit]: number})
    except OverflowError:
        raise _mistake(text) from None


def _mistake(text: str) -> UsageMistake:
    return UsageMistake(f"{text!r} is no place to start at; there are: {OFFERED}")
