"""Values become Python objects, in the format that is found in them; hostile ones take nothing."""

from __future__ import annotations

import io
import json
import pickle
import resource
import struct
import time
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyter_stream.errors import Undecodable
from jupyter_stream.formats import npy_format
from jupyter_stream.formats.decoding import decode, examine
from jupyter_stream.testing.hostile import hostile_messages

DTYPES = arrays.boolean_dtypes() | arrays.integer_dtypes() | arrays.floating_dtypes()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def npy(array: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.asanyarray(array), **options)
    return stream.getvalue()


def packed(array: Any, **changes: Any) -> bytes:
    """Write an array as msgpack-numpy does."""
    array = np.asarray(array)
    described = array.dtype.descr if array.dtype.names else array.dtype.str
    fields = {
        b"nd": True,
        b"type": described,
        b"kind": b"V" if array.dtype.names else b"",
        b"shape": array.shape,
        b"data": array.tobytes(),
        **{name.encode(): value for name, value in changes.items()},
    }
    return bytes(msgpack.packb(fields))


@given(arrays.arrays(DTYPES, arrays.array_shapes(min_dims=0, min_side=0, max_dims=3)))
def test_arrays_come_back_from_npy_and_msgpack(array: Any) -> None:
    # The second time, what is alike is not unpacked again.
    for value, name in (
        (npy(array), "npy"),
        (packed(array), "msgpack"),
        (packed(array), "msgpack"),
    ):
        decoded = decode(value)
        assert decoded.format == name
        assert decoded.value.dtype == array.dtype
        np.testing.assert_array_equal(decoded.value, array)


def test_an_array_shares_the_memory_of_its_value_and_cannot_be_changed() -> None:
    value = npy(np.arange(10.0))
    array = decode(value).value
    assert np.shares_memory(array, np.frombuffer(value, "u1"))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_arrays_that_follow_one_another_are_told_apart() -> None:
    first, second = np.arange(100, dtype="<f4"), np.arange(100, dtype="<f4")[::-1]
    other = np.arange(100, dtype="<i4")
    folded = first.reshape(10, 10)
    for array in (first, first, second, other, folded, first):
        np.testing.assert_array_equal(decode(packed(array)).value, array)
        assert decode(packed(array)).value.dtype == array.dtype
        assert decode(packed(array)).value.shape == array.shape


def test_bytes_behind_an_array_shift_nothing() -> None:
    for array in (np.zeros(3), np.array([0.0, 2.0, 3.0])):
        np.testing.assert_array_equal(decode(npy(array) + bytes(8)).value, array)
    for array in (np.zeros(16, "u1"), np.arange(16, dtype="u1")):
        np.testing.assert_array_equal(decode(npy(array) + bytes(16)).value, array)


def test_a_field_behind_the_data_of_msgpack_is_not_taken_for_it() -> None:
    for more in (np.zeros(3), np.arange(3.0)):
        value = packed(np.zeros(3), more=more.tobytes())
        np.testing.assert_array_equal(decode(value).value, np.zeros(3))


def test_arrays_in_fortran_order_and_with_fields_keep_both() -> None:
    fields = np.array([(1, 2.5), (3, 4.5)], dtype=[("n", "<i4"), ("x", "<f8")])
    np.testing.assert_array_equal(decode(packed(fields)).value, fields)
    columns = np.asfortranarray(np.arange(6).reshape(2, 3))
    np.testing.assert_array_equal(decode(npy(columns)).value, columns)


def test_arrays_inside_of_msgpack_are_found() -> None:
    spectrum = np.arange(5.0)
    inner = {b"nd": True, b"type": "<f8", b"kind": b"", b"shape": [5], b"data": spectrum.tobytes()}
    decoded = decode(msgpack.packb({"motor": 1.5, "spectra": [inner, inner]})).value
    assert decoded["motor"] == 1.5
    np.testing.assert_array_equal(decoded["spectra"][1], spectrum)


def test_old_keys_numbers_and_complex_numbers_of_msgpack_numpy_are_read() -> None:
    array = np.arange(3, dtype="<i2")
    old = {"nd": True, "type": "<i2", "kind": "", "shape": [3], "data": array.tobytes()}
    np.testing.assert_array_equal(decode(msgpack.packb(old)).value, array)
    number = {b"nd": False, b"type": "<f8", b"data": struct.pack("<d", 2.5)}
    assert decode(msgpack.packb(number)).value == 2.5
    assert decode(msgpack.packb({b"complex": True, b"data": "(1+2j)"})).value == 1 + 2j


def test_a_mapping_that_only_looks_like_an_array_stays_one() -> None:
    assert decode(msgpack.packb({"nd": 3, "motor": 1})).value == {"nd": 3, "motor": 1}


@given(JSON)
def test_json_comes_back(value: Any) -> None:
    decoded = decode(json.dumps(value).encode())
    assert decoded.format == "json"
    assert decoded.value == value


def as_json(text: str) -> str | None:
    """Return what Python's own reader finds, told so that NaN equals NaN."""
    try:
        return repr(json.loads(text))
    except (ValueError, RecursionError):
        return None


JSON_SIGNS = st.text('{}[],:"0123456789.-+eE \n\ttrufalsenNIity\\du', max_size=12)


@given(st.one_of(JSON_SIGNS, st.builds(lambda value: f" {json.dumps(value)}\n", JSON)))
@example("NaN")
@example(" [-Infinity, NaN]\t")
@example("1e999")
@example("-Infinity\n")
@example('"\\ud800"')
@example("7" * 30)
@example("7" * 5000)
@example("[" * 100_000 + "]" * 100_000)
@example("1" + " " * 200)
@example(" " * 200)
def test_json_is_what_python_takes_for_it(text: str) -> None:
    decoded = decode(text.encode("utf-8", "surrogatepass"))
    found = as_json(text)
    assert (repr(decoded.value) if decoded.format == "json" else None) == found


@pytest.mark.parametrize(
    ("value", "name", "found"),
    [
        (b"12.5", "json", 12.5),
        (b"[1, 2", "text", "[1, 2"),
        (b"2026-11-21 12:00", "text", "2026-11-21 12:00"),
        ("übergroß".encode(), "text", "übergroß"),
        (b"a", "text", "a"),
        (b"\x01", "msgpack", 1),
        (msgpack.packb(-3), "msgpack", -3),
        (msgpack.packb("kurz"), "msgpack", "kurz"),
        (msgpack.packb(2.5), "msgpack", 2.5),
        (b"\x00\x01", "bytes", b"\x00\x01"),
        (b"ab\x00" * 50, "bytes", b"ab\x00" * 50),
        (b"x" * 100 + b"\0", "bytes", b"x" * 100 + b"\0"),
        (b"\xff\xfe\xfd", "bytes", b"\xff\xfe\xfd"),
        (b"", "empty", None),
        (None, "empty", None),
    ],
)
def test_what_a_value_is_taken_for(value: bytes | None, name: str, found: Any) -> None:
    assert decode(value)[:2] == (name, found)
    if value:
        assert decode(memoryview(value))[:2] == (name, found)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (npy(np.arange(9.0))[:-1], r"cut off: shape \(9,\) of float64 needs 72 bytes, and 71"),
        (npy(np.arange(9.0))[:40], "a header of 118 bytes, which is not there"),
        (b"\x93NUMPY", "cut off, or of the unknown version 0"),
        (b"\x93NUMPY\x09\x00" + bytes(200), "unknown version 9"),
        (b"\x93NUMPY\x01\x00\x10\x00{'descr': '<f8'}", "unreadable header"),
        (npy(np.array([{}, []], dtype=object)), r"Python objects \(a pickle\)"),
        (npy(np.arange(3.0)).replace(b"(3,), ", b"(-3,),"), "cannot be"),
        (npy(np.arange(3.0)).replace(b"(3,), }", b"(9**9)}"), "unreadable header"),
        (packed(np.arange(3.0), kind=b"O"), "a pickle"),
        (packed(np.arange(3.0), type="O"), "dtype object"),
        (packed(np.arange(3.0), type="<f99"), "unknown dtype"),
        (packed(np.arange(3.0), type=7), "unknown dtype"),
        (packed(np.arange(3.0), type="V0"), "never read"),
        (packed(np.arange(3.0), shape=[2**40, 2**40]), "does not fit into its 24 bytes"),
        (packed(np.arange(3.0), shape=[-3]), "a shape that cannot be"),
        (packed(np.arange(3.0), shape=[-1, -3]), "a shape that cannot be"),
        (packed(np.arange(3.0), shape=[2**63]), "a shape that cannot be"),
        (packed(np.arange(3.0), shape=[True]), "a shape that cannot be"),
        (packed(np.arange(3.0), shape=[1] * 65), "a shape that cannot be"),
        (packed(np.arange(3.0), type="<f8," * 1000), "200 fields or 2000 signs"),
        (packed(np.arange(3.0), type=[["a" * 3000, "<f8"]]), "200 fields or 2000 signs"),
        (packed(np.arange(3.0), type=[[f"f{n}", "<f8"] for n in range(201)]), "200 fields"),
        (packed(np.arange(3.0), shape="many"), "cannot be"),
        (packed(np.arange(3.0), data=5), "cannot be"),
        (msgpack.packb({b"complex": True, b"data": "import os"}), "complex number"),
    ],
)
def test_what_is_damaged_or_not_allowed_says_so(value: bytes, text: str) -> None:
    with pytest.raises(Undecodable, match=text):
        decode(value)


def with_header(header: str, data: bytes = b"") -> bytes:
    text = header.encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': (((((",
        "{'descr': (), 'fortran_order': False, 'shape': (1,)}",
        "{'descr': ('f8',), 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '(1,f8', 'fortran_order': False, 'shape': (1,)}",
        "  x\n y\n z",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 10**20)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 100000000000000000000)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4611686018427387904, 8)}",
        f"{{'descr': '<f8', 'fortran_order': False, 'shape': {(1,) * 70}}}",
        "{'descr': ('f8', 2), 'fortran_order': False, 'shape': (1,)}",
    ],
)
def test_a_damaged_header_of_npy_is_undecodable(header: str) -> None:
    decoded = examine(with_header(header, bytes(64)))
    assert decoded.format == "npy"
    assert isinstance(decoded.error, Undecodable)


def test_what_nobody_foresaw_is_undecodable(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_value: Any) -> Any:
        raise LookupError("far away")

    monkeypatch.setattr(npy_format, "_end_of_header", broken)
    decoded = examine(npy(np.arange(77.0)))
    assert str(decoded.error) == "it is damaged: LookupError: far away"


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(value: bytes) -> None:
    examine(value)
    examine(b"\x93NUMPY\x01\x00" + value)
    examine(packed(np.arange(3)) + value)


def test_hostile_messages_are_told_or_taken_for_what_they_are() -> None:
    for message in hostile_messages():
        examine(message.value)


def test_a_shape_of_many_huge_numbers_takes_no_time() -> None:
    begin = time.monotonic()
    decoded = examine(packed(np.arange(3.0), shape=[2**64 - 1] * 100_000))
    assert time.monotonic() - begin < 0.5
    assert len(str(decoded.error)) < 500


def test_a_long_dtype_is_cut_where_it_is_told() -> None:
    fields = [[f"field {n}", "<f8"] for n in range(90)]
    told = str(examine(packed(np.arange(3.0), type=fields)).error)
    assert "does not fit" in told
    assert len(told) < 400


def test_nothing_is_ever_unpickled() -> None:
    class Trap:
        def __reduce__(self) -> Any:
            return pytest.fail, ("unpickled",)

    trap = pickle.dumps(Trap())
    for value in (trap, packed(np.arange(1), kind=b"O", data=trap), msgpack.packb(trap)):
        examine(value)


@pytest.mark.parametrize(
    "value",
    [
        b"\xdd\x00\x03\xd0\x90" * 1000 + b"\x01" * 500_000,
        b"\xdd\xff\xff\xff\xff" * 1000,
        b"\xdf\xff\xff\xff\xff" * 1000,
        b"\x91" * 500_000,
        b"[" * 500_000,
        b'{"a":' * 100_000,
        b"9" * 100_000,
    ],
)
def test_claims_and_depth_take_no_memory(value: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    examine(value)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    "value",
    [
        b"[" + b"[]," * 3_000_000 + b"1]",
        b"\xdc\x27\x10" + (b"\xdc\x00\xc8" + b"\x90" * 200) * 10_000,
    ],
)
def test_too_many_objects_are_refused(value: bytes) -> None:
    with pytest.raises(Undecodable, match=r"read it with a function of your own \(record.data\)"):
        decode(value)
