"""Frames: what is packed is what is read, and every array is aligned."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.frame import ALIGNMENT, pack_frame, unpack_frame

DTYPES: st.SearchStrategy[np.dtype[Any]] = st.sampled_from(
    [np.dtype("<f4"), np.dtype("<f8"), np.dtype(">i4"), np.dtype("u1")]
)
ARRAYS: st.SearchStrategy[list[np.ndarray]] = st.lists(
    hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=9)),
    max_size=5,
)
HEADERS = st.dictionaries(st.text(max_size=9).filter(lambda key: key != "columns"), st.text())


@given(HEADERS, ARRAYS)
def test_round_trip(header: dict[str, str], arrays: list[np.ndarray]) -> None:
    read, columns = unpack_frame(pack_frame(header, arrays))
    assert {key: read[key] for key in header} == header
    for array, column in zip(arrays, columns, strict=True):
        np.testing.assert_array_equal(array, column)


@given(HEADERS, ARRAYS)
def test_arrays_are_aligned(header: dict[str, str], arrays: list[np.ndarray]) -> None:
    frame = pack_frame(header, arrays)
    (length,) = struct.unpack_from("<I", frame)
    described = json.loads(frame[4 : 4 + length])["columns"]
    assert all(column["offset"] % ALIGNMENT == 0 for column in described)
    assert len(frame) % ALIGNMENT == 0


@given(st.binary(max_size=64))
def test_other_bytes_are_refused_or_read(frame: bytes) -> None:
    with pytest.raises(FormatError):
        unpack_frame(frame)


def test_a_cut_frame_is_refused() -> None:
    frame = pack_frame({}, [np.arange(10.0)])
    with pytest.raises(FormatError, match="not a frame"):
        unpack_frame(frame[:-8])
