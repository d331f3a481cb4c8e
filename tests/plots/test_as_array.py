"""What is taken as an array, and what would take too much memory."""

from __future__ import annotations

import numpy as np
import pytest

import jupyter_stream as js
from jupyter_stream.plots.as_array import as_array
from jupyter_stream.plots.choose import choose, make_plot
from jupyter_stream.plots.plot_model import Mark


def test_lists_ranges_and_arrays_are_taken() -> None:
    made = np.arange(3)
    assert as_array(made) is made
    assert as_array(range(3)).tolist() == as_array([0, 1, 2]).tolist() == [0, 1, 2]


def test_what_would_become_too_large_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(ValueError, match="range of 1000000000000 items"):
        as_array(range(10**12))


@pytest.mark.parametrize("kind", ["spectrum", "waterfall", "image"])
def test_a_plot_refuses_it_and_goes_on(kind: str) -> None:
    model = make_plot(kind, "plot")
    with pytest.raises(js.Unplottable):
        model.add(range(10**12), Mark("one", "topic", 0, 0, 0.0))
    model.add(np.eye(8) if kind == "image" else [1, 2, 3], Mark("two", "topic", 0, 1, 0.0))
    assert model.since(0).header["total"] == 1


def test_it_is_a_row_of_a_table_for_want_of_better() -> None:
    assert choose([range(10**12)])[0] == "table"
