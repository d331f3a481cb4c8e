"""Reading files of numbers without a function of the user's."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING

import numpy as np
import pytest

from jupyter_stream.analysis.read_item import as_found
from jupyter_stream.analysis.read_spectrum import read_spectrum
from jupyter_stream.errors import UnreadableSpectrum
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.received_file import ReceivedFile


def arrived(name: str, content: bytes) -> ReceivedFile:
    (chunk,) = chunks_of(content, name, chunk_size=max(1, len(content)))
    file = Assembling(MemorySink()).receive("topic", 0, 0, chunk)
    assert file is not None
    return file


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.mark.parametrize(
    "text",
    ["# counts\n1\n2\n\n3\n", "1.0e0\r\n2\r\n3", "! a\n; b\n% c\n1\n2\n3"],
    ids=["comments", "windows", "all comment signs"],
)
def test_one_column_is_counts_over_channels(text: str) -> None:
    spectrum = read_spectrum(arrived("a.mca", text.encode()))
    assert spectrum.y.tolist() == [1.0, 2.0, 3.0]
    assert (spectrum.x_label, spectrum.label) == ("Channel", "a.mca")


@pytest.mark.parametrize("text", ["1 5\n2 6", "1,5\n2,6", "1\t5\t9\n2\t6\t9", "1; 5\n2; 6"])
def test_more_columns_are_axis_and_values(text: str) -> None:
    spectrum = read_spectrum(arrived("a.dat", text.encode()))
    assert (spectrum.x.tolist(), spectrum.y.tolist()) == ([1.0, 2.0], [5.0, 6.0])


def test_npy_arrays() -> None:
    assert read_spectrum(arrived("a.npy", npy(np.arange(3)))).y.tolist() == [0.0, 1.0, 2.0]
    for pair in (np.array([[1, 5], [2, 6], [3, 7]]), np.array([[1, 2, 3], [5, 6, 7]])):
        table = read_spectrum(arrived("b.npy", npy(pair)))
        assert (table.x.tolist(), table.y.tolist()) == ([1.0, 2.0, 3.0], [5.0, 6.0, 7.0])
        assert table.label == "b.npy"


def test_rows_of_npy_are_axis_and_values() -> None:
    energy, counts = np.linspace(0, 10, 1024), np.arange(1024.0)
    spectrum = read_spectrum(arrived("rows.npy", npy(np.array([energy, counts]))))
    assert (spectrum.x.tolist(), spectrum.y.tolist()) == (energy.tolist(), counts.tolist())


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"hello world", "line 1 is no row of numbers"),
        (b"1 2\n3\n", r"rows of \[1, 2\] columns"),
        (b"", "no numbers"),
        (b",\n", r"rows of \[0\] columns"),
        (b"1 " * 2**19, "line 1 is no row of numbers: '1 1 1 "),
        (b"\xff\xfe\x00", "neither text nor .npy"),
        (npy(np.array([{"a": 1}], dtype=object)), "no readable .npy"),
        (npy(np.zeros((2, 2, 2))), "shape"),
        (npy(np.zeros((3, 4))), r"shape \(3, 4\)"),
        (npy(np.zeros(3, "c16")), "no real numbers"),
        (npy(np.zeros(3)).replace(b"(3,), }         ", b"(9999999999,), }"), "needs 79999999992"),
        (b"\x93NUMPY\x01\x00", "no readable .npy"),
    ],
    ids=[
        "words",
        "ragged",
        "empty",
        "separators",
        "one endless row",
        "binary",
        "pickle",
        "cube",
        "image",
        "complex",
        "claim",
        "cut",
    ],
)
def test_anything_else_is_refused_with_advice(content: bytes, text: str) -> None:
    with pytest.raises(UnreadableSpectrum, match=text) as caught:
        read_spectrum(arrived("x.dat", content))
    assert "x.dat" in str(caught.value)


def test_more_rows_than_a_spectrum_has_points_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.read_spectrum.MOST_POINTS", 3)
    assert len(read_spectrum(arrived("a.dat", b"1\n2\n3")).y) == 3
    with pytest.raises(UnreadableSpectrum, match="has more than 3 rows"):
        read_spectrum(arrived("a.dat", b"1\n2\n3\n4\nand so on"))


@pytest.mark.parametrize(
    "last", [b"1.25 2.50\n", b"the end\n"], ids=["a spectrum", "no spectrum after all"]
)
def test_a_large_text_takes_but_a_few_times_its_size(last: bytes) -> None:
    file = arrived("large.dat", b"1.25 2.50\n" * 100_000 + last)
    tracemalloc.start()
    try:
        as_found(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 7 * file.size
