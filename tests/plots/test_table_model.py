"""The model of the table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.table_model import MOST, TableModel
from tests.plots.marks import mark


@given(st.integers(1, 8), st.integers(0, 20), st.integers(0, 20))
def test_a_view_gets_the_rows_that_it_lacks(last: int, added: int, known: int) -> None:
    model = TableModel("topic", last)
    for number in range(1, added + 1):
        model.add(number, mark(number))
    header = model.since(known).header
    expected = [str(n) for n in range(1, added + 1) if n > max(known, added - last)]
    assert [row[-1] for row in header["rows"] if row] == expected
    assert (header["total"], header["fresh"], header["capacity"]) == (added, len(expected), last)


def test_names_grow_at_the_end() -> None:
    model = TableModel("records")
    model.add({"a": 1}, mark(1, label="r1", time=0.25))
    first = model.since(0)
    assert first.header["names"] == ["Item", "Time", "a"]
    assert first.header["rows"][0][0] == "r1"
    assert first.header["rows"][0][1].endswith(":00.250")
    model.add({"b": 2, "a": 3}, mark(2))
    model.add(5, mark(3))
    header = model.since(first.version).header
    assert header["names"] == ["Item", "Time", "a", "b", "Value"]
    assert [row[2:] for row in header["rows"]] == [["3", "2", ""], ["", "", "5"]]


def test_there_are_so_many_columns_and_no_more() -> None:
    model = TableModel("records")
    for number in range(200):
        model.add({f"name {number}": 1}, mark(number))
    assert len(model.since(0).header["names"]) == MOST + 2


def test_a_time_out_of_the_calendar_is_no_trouble() -> None:
    model = TableModel("records")
    model.add(1, mark(1, time=1e18))
    model.add(1, mark(2, time=float("nan")))
    assert [row[1] for row in model.since(0).header["rows"]] == ["", ""]
