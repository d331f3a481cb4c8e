"""Texts are those of `str`, cut where they are too long, and soon made."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.short_text import LONGEST, short, shortened

LEAVES = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=9)
)
KEYS = st.text(max_size=5) | st.integers() | st.tuples(st.integers())
VALUES = st.recursive(
    LEAVES | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.sets(st.integers() | st.text(max_size=5), max_size=4)
        | st.frozensets(st.integers(), max_size=4)
    ),
)


@given(VALUES, st.integers(20, 80))
def test_a_text_is_that_of_str_as_far_as_there_is_room(value: Any, longest: int) -> None:
    text = str(value)
    expected = text if len(text) <= longest else f"{text[: longest - 1]}…"
    assert shortened(value, longest) == expected


@pytest.mark.parametrize("value", [["it's " + '"' * 300], {"a": b"x" * 1000}, [np.arange(900)]])
def test_long_parts_are_cut(value: Any) -> None:
    assert len(shortened(value, 200)) == 200


def test_nothing_is_no_text() -> None:
    assert (short(None), short(5), short("x" * 1000)) == ("", "5", "x" * (LONGEST - 1) + "…")


def test_of_a_huge_value_no_more_is_looked_at_than_there_is_room_for() -> None:
    huge: Any = {"a": [list(range(100_000))] * 100, "b": "x" * 1_000_000}
    endless: list[Any] = []
    endless.append(endless)
    begin = time.monotonic()
    for _ in range(100):
        assert shortened(huge, 200).startswith("{'a': [[0, 1, 2")
    assert shortened(endless, 200) == "[" * 199 + "…"
    # `str` takes a minute for this.
    assert time.monotonic() - begin < 5.0
