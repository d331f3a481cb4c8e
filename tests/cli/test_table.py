"""Rows in columns."""

from jupyter_stream.cli.table import table_lines


def test_columns_are_aligned() -> None:
    rows = [("a", "1", "x"), ("bcd", "20", "")]
    assert table_lines(rows, frozenset({1})) == ["a     1  x", "bcd  20"]


def test_a_cell_never_breaks_its_line() -> None:
    assert table_lines([("a\nb\x1b", "c")]) == ["a\\nb\\x1b  c"]


def test_no_rows_are_no_lines() -> None:
    assert table_lines([]) == []
