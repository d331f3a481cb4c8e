"""Results as short texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jupyter_stream.plots.cell_text import LONGEST, cell_text, cells


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (5, "5"),
        (np.int16(5), "5"),
        (0.1 + 0.2, "0.3"),
        (np.float32(0.1), "0.1"),
        (float("nan"), "nan"),
        ("a\nb", "a\nb"),
        (b"\x00\xff", "2 bytes: 00 ff"),
        ([1, 2], "[1, 2]"),
        (list(range(100)), "list of 100"),
        ({"a": 1}, "{'a': 1}"),
        (np.arange(3), "[0 1 2]"),
        (np.arange(12).reshape(3, 4), "3 x 4 of int64, 0 to 11"),
        (np.full(9, np.nan), "9 of float64"),
        (np.array(["a"] * 9), "9 of <U1"),
    ],
)
def test_values_are_told_in_short(value: Any, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("value", ["x" * 10_000, b"x" * 10_000, ["x" * 10_000], 10**1000])
def test_no_text_is_long(value: Any) -> None:
    assert len(cell_text(value)) <= LONGEST


def test_a_dict_has_a_text_for_each_of_its_first_parts() -> None:
    assert cells({"a": 1, 2: "b", "c": 3}, 2) == {"a": "1", "2": "b"}
    assert cells(5, 2) == {"Value": "5"}
