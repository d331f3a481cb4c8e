"""How many bytes a result holds is found about right, and soon."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

import jupyter_stream as js
from jupyter_stream.analysis.memory_size import size_of, sizes_of_decoded
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.kafka.record import Record


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (1.5, 1, 200),
        ("x" * 1000, 1000, 1100),
        (np.zeros(1000), 8000, 8200),
        (js.Spectrum(np.zeros(1000)), 16_000, 16_000),
        ([np.zeros(1000)] * 100, 800_000, 900_000),
        ({"a": {"b": [np.zeros(1000)]}}, 8000, 9000),
        ([0.5] * 100_000, 1_000_000, 10_000_000),
        # One large part among many small ones.
        ({**dict.fromkeys("abcdefghij", 1.0), "image": np.zeros(100_000)}, 800_000, 900_000),
        ([*[1.0] * 50, np.zeros(100_000)], 800_000, 900_000),
        ({str(n): np.zeros(100) for n in range(5000)}, 4_000_000, 6_000_000),
        # A part keeps the whole alive.
        (np.zeros(100_000)[:10], 800_000, 801_000),
        (np.zeros((100, 1000)).T[3], 800_000, 801_000),
        (np.frombuffer(bytes(800_000))[:10].reshape(2, 5), 800_000, 801_000),
        (np.frombuffer(memoryview(bytes(800_000))[:16]), 800_000, 801_000),
        (memoryview(bytes(800_000))[:16], 800_000, 801_000),
        (np.broadcast_to(np.zeros(1), (1000, 1000)), 8, 200),
        (js.Image(np.zeros((100, 1000)), x=np.arange(1000)), 808_000, 809_000),
    ],
)
def test_sizes_are_about_right(value: Any, least: int, most: int) -> None:
    assert least <= size_of(value) <= most


def test_a_record_holds_its_decoded_value_too() -> None:
    record = ReceivedRecord(Record("topic", 0, 0, None, None, b"[" + b"1," * 10_000 + b"1]"))
    assert 20_000 <= size_of(record) <= 21_000
    assert len(record.value) == 10_001
    assert size_of(record) > 80_000


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 500])
def test_sizes_of_decoded_values_are_told_by_a_few_of_them(count: int) -> None:
    values = [[0.5] * (10 + number % 20) for number in range(count)]
    lengths = [4 * len(value) for value in values]
    sizes = sizes_of_decoded(values, lengths)
    for value, size in zip(values, sizes, strict=True):
        assert size_of(value) * 0.5 <= size <= size_of(value) * 3


def test_values_without_bytes_have_sizes_too() -> None:
    assert sizes_of_decoded([None], [1]) == [64]


def test_a_size_is_soon_found() -> None:
    deep = {str(n): [[[0.5] * 10] * 100] * 100 for n in range(1000)}
    begin = time.monotonic()
    assert size_of(deep) > 1_000_000
    assert time.monotonic() - begin < 1.0
