"""Bytes as text for the page."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.server.records.cursor import read_cursor, write_cursor
from jupyter_stream.server.records.preview import preview_of
from jupyter_stream.server.records.reading import CHOICES
from jupyter_stream.server.records.shown import MOST_SIGNS, show
from jupyter_stream.server.records.thinned import Line, small_plane, thinned
from jupyter_stream.server.refusal import BadParameter
from jupyter_stream.testing.hostile import HostileMessage, hostile_messages
from tests.server.filling import npy


@given(value=st.binary(max_size=3000), form=st.sampled_from(CHOICES))
def test_any_bytes_can_be_shown(value: bytes, form: str) -> None:
    shown = show(value, form)
    assert len(shown.text) <= MOST_SIGNS
    assert shown.kind
    if shown.error:
        assert value.hex().startswith(shown.text)
    preview_of(value, form, 64)


@pytest.mark.parametrize("message", hostile_messages(), ids=lambda message: message.name)
def test_hostile_values_are_shown_quickly(message: HostileMessage) -> None:
    value = message.value
    begin = time.monotonic()
    shown = show(value)
    preview_of(value, "auto", 256)
    assert len(shown.text) <= MOST_SIGNS
    assert time.monotonic() - begin < 3


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "value",
    [
        msgpack.packb(nested(100)),
        msgpack.packb(list(range(100_000))),
        msgpack.packb({str(n): "x" * 100 for n in range(5000)}),
        msgpack.packb({"b": b"\0" * 100_000}),
        npy(np.zeros((100, 100), [("a", "f4"), ("b", "U5")])),
    ],
)
def test_what_is_long_is_cut(value: bytes) -> None:
    shown = show(value)
    assert shown.error is None
    assert len(shown.text) <= MOST_SIGNS


@given(
    y=st.lists(st.floats(allow_nan=True), min_size=1, max_size=2000), points=st.integers(16, 256)
)
def test_thinned_lines_keep_their_extremes(y: list[float], points: int) -> None:
    line = thinned(Line(None, np.array(y)), points)
    assert len(line.y) <= max(points, 16)
    known = [value for value in y if np.isfinite(value)]
    if known and len(known) == len(y):
        assert line.y.max() == max(known)
        assert line.y.min() == min(known)


@given(rows=st.integers(1, 300), columns=st.integers(1, 300))
def test_small_planes_keep_their_mean(rows: int, columns: int) -> None:
    plane = np.arange(rows * columns, dtype=float).reshape(rows, columns)
    small = small_plane(plane)
    assert small.shape[0] <= 64
    assert small.shape[1] <= 64
    assert plane.min() <= small.min() <= small.max() <= plane.max()


@given(st.dictionaries(st.integers(0, 2**31 - 1), st.integers(0, 2**63 - 1), max_size=200))
def test_cursors_come_back(offsets: dict[int, int]) -> None:
    text = write_cursor(offsets)
    assert text is not None
    assert read_cursor("before", text) == offsets


@given(st.text(max_size=300))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    with suppress(BadParameter):
        assert read_cursor("before", text) is not None
