"""Globs over relative paths."""

import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.path_filter import PathFilter


@pytest.mark.parametrize(
    ("pattern", "wanted", "unwanted"),
    [
        ("*.dat", ["a.dat", "x/y/a.dat", ".dat", "new\nline.dat"], ["a.dat.x", "a.DAT", "x.dat/a"]),
        ("a?.dat", ["ab.dat"], ["a.dat", "a/.dat"]),
        ("raw/*.dat", ["raw/a.dat"], ["a.dat", "x/raw/a.dat", "raw/x/a.dat"]),
        ("/*.dat", ["a.dat"], ["x/a.dat"]),
        ("**/raw/*.dat", ["raw/a.dat", "x/raw/a.dat", "x/y/raw/a.dat"], ["xraw/a.dat"]),
        ("raw/**", ["raw/a", "raw/x/a"], ["raw", "x/raw/a"]),
        ("[a-c]1[!x].dat", ["a1y.dat", "x/c1z.dat"], ["d1y.dat", "a1x.dat"]),
        ("a+(b).dat", ["a+(b).dat"], ["aab.dat"]),
        ("a[.dat", ["a[.dat"], ["a.dat"]),
    ],
)
def test_patterns(pattern: str, wanted: list[str], unwanted: list[str]) -> None:
    including, excluding = PathFilter(pattern, ()), PathFilter((), [pattern])
    assert [path for path in wanted + unwanted if not including.reason(path)] == wanted
    assert [path for path in wanted + unwanted if not excluding.reason(path)] == unwanted


def test_what_is_excluded_is_not_wanted_even_if_it_is_included() -> None:
    both = PathFilter(["*.dat", "*.txt"], "raw_*")
    assert not both.reason("a.txt")
    assert both.reason("raw_a.txt") == "is excluded"
    assert both.reason("a.csv") == "is not among what is to be included"


def test_an_empty_pattern_is_a_mistake() -> None:
    with pytest.raises(UsageMistake, match="empty"):
        PathFilter("", ())
