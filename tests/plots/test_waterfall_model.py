"""The model of the waterfall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.waterfall_model import WIDTH, WaterfallModel
from tests.plots.marks import mark


def filled(number: int, last: int = 5, length: int = 3) -> WaterfallModel:
    model = WaterfallModel("topic", last)
    for serial in range(1, number + 1):
        model.add(np.arange(float(length)) + serial, mark(serial))
    return model


@given(st.integers(1, 8), st.integers(0, 20), st.integers(0, 20))
def test_a_view_gets_the_rows_that_it_lacks(last: int, added: int, known: int) -> None:
    state = filled(added, last).since(known)
    header = state.header
    expected = [n for n in range(1, added + 1) if n > max(known, added - last)]
    rows = state.columns[header["rows"]].reshape(-1, 3)
    assert rows.tolist() == [[n, n + 1, n + 2] for n in expected]
    assert header["labels"] == [f"item {n}" for n in expected]
    assert state.columns[header["times"]].tolist() == expected
    assert header["first_serial"] == (expected[0] if expected else added + 1)
    assert header["fresh"] == len(expected)


def test_another_axis_starts_anew() -> None:
    model = filled(3)
    known = model.version
    model.add([7, 8], mark(4))
    model.add([8, 9], mark(5))
    header = model.since(known).header
    assert header["restarted"]
    assert (header["width"], header["first_serial"], header["total"]) == (2, 4, 5)
    assert "restarted" not in model.since(known + 1).header
    assert len(model.items()) == 2


def test_an_axis_with_gaps_is_the_same_axis() -> None:
    model = WaterfallModel("topic")
    for serial in range(3):
        model.add(([1, np.nan, 3], [serial, 0, 0]), mark(serial))
    assert len(model.items()) == 3


def test_a_wide_row_keeps_its_narrow_peaks() -> None:
    model = WaterfallModel("topic")
    y = np.zeros(10_000)
    y[4321] = 50
    model.add(y, mark())
    state = model.since(0)
    row = state.columns[state.header["rows"]]
    assert len(row) == state.header["width"] <= WIDTH
    x = state.columns[state.header["x"]]
    assert row.max() == 50
    assert x[row.argmax()] == pytest.approx(4321, abs=5)


def test_levels_follow_the_rows_unless_they_are_locked() -> None:
    model = filled(3)
    model.configure({"percentiles": [0, 100]})
    assert model.since(0).header["levels"] == [1, 5]
    model.configure({"level_mode": "locked"})
    assert model.since(0).header["levels"] == [1, 5]
    model.add([100, 100, 100], mark(4))
    assert model.since(0).header["levels"] == [1, 5]
    model.configure({"level_mode": "continuous"})
    assert model.since(0).header["levels"] == [1, 100]


def test_a_click_shows_a_spectrum_for_as_long_as_it_is_chosen() -> None:
    model = filled(3)
    model.configure({"selected": 2})
    for serial in range(4, 20):
        model.add([0, 0, 0], mark(serial))
    state = model.since(0)
    chosen = state.header["selected"]
    assert chosen["label"] == "item 2"
    assert state.columns[chosen["y"]].tolist() == [2, 3, 4]
    model.configure({"selected": None})
    assert model.since(0).header["selected"] is None


def test_a_row_that_is_gone_cannot_be_chosen() -> None:
    model = filled(9)
    with pytest.raises(UsageMistake, match="number 2 has left the plot"):
        model.configure({"selected": 2})
    assert model.settings["selected"] is None


def test_rows_without_values_are_shown() -> None:
    model = WaterfallModel("topic")
    model.add([np.nan, np.inf, -np.inf], mark())
    model.add([1e300, 1, -1e300], mark())
    assert model.since(0).header["levels"][0] < model.since(0).header["levels"][1]
