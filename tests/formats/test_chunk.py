"""The chunk format, byte for byte, and everything that is not it."""

import math
from contextlib import suppress
from dataclasses import replace
from hashlib import sha512
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import BadChunk, NotAChunk
from jupyter_stream.formats.chunk import Chunk, chunk_key, pack_chunk, unpack_chunk, verify
from jupyter_stream.testing.chunks import chunks_of

HELLO = chunks_of(b"Hello, world", "sub/dir/hi.txt", append="_v2")[0]
COUNTS = st.integers(1, 2**40)
TEXTS = st.text(max_size=50)


@st.composite
def any_chunk(draw: st.DrawFn) -> Chunk:
    index = draw(COUNTS)
    data = draw(st.binary(min_size=1, max_size=400))
    return Chunk(
        filename=draw(TEXTS),
        file_hash=draw(st.binary(min_size=64, max_size=64)),
        chunk_hash=sha512(data).digest(),
        offset=draw(COUNTS) if index > 1 else 0,
        index=index,
        total=index + draw(st.integers(0, 2**20)),
        subdir=draw(TEXTS),
        append=draw(TEXTS),
        data=data,
        mtime=draw(st.none() | st.floats(1, 2e11)),
    )


def test_the_documented_record_is_reproduced_byte_for_byte() -> None:
    file_hash, chunk_hash = sha512(b"Hello, world").digest(), sha512(b"Hello, w").digest()
    assert file_hash.hex().startswith("f986313ffca1")
    assert file_hash.hex().endswith("a16e17191fc26f423f52")
    assert chunk_hash.hex().startswith("7acf09fae9")
    expected = (
        bytes.fromhex("9aa668692e747874 c440")
        + file_hash
        + bytes.fromhex("c440")
        + chunk_hash
        + bytes.fromhex("000102 a77375622f646972 a35f7632 c40848656c6c6f2c2077")
        + bytes.fromhex("cb41d954fc40100000")
    )
    assert len(expected) == 174
    assert pack_chunk(HELLO) == expected
    assert unpack_chunk(expected) == HELLO


def test_nine_fields_are_those_of_older_writers() -> None:
    nine = pack_chunk(HELLO, fields=9)
    assert nine == b"\x99" + pack_chunk(HELLO)[1:-9]
    assert unpack_chunk(nine) == replace(HELLO, mtime=None)


def test_the_key_is_the_one_that_other_readers_expect() -> None:
    assert chunk_key(HELLO) == b"sub_dir_hi.txt_chunk_1_of_2"
    assert chunk_key(chunks_of(b"x", "top.txt")[0]) == b"_top.txt_chunk_1_of_1"


@pytest.mark.parametrize(
    ("filename", "append", "path"),
    [
        ("hi.txt", "_v2", "sub/hi_v2.txt"),
        ("archive.tar.gz", "_v2", "sub/archive.tar_v2.gz"),
        ("README", "_v2", "sub/README_v2"),
        (".hidden", "_v2", "sub/.hidden_v2"),
        ("hi.txt", "", "sub/hi.txt"),
    ],
)
def test_append_goes_before_the_last_suffix(filename: str, append: str, path: str) -> None:
    assert replace(HELLO, subdir="sub", filename=filename, append=append).path == path


@given(any_chunk())
def test_packing_and_unpacking_gives_the_same_chunk(chunk: Chunk) -> None:
    assert unpack_chunk(pack_chunk(chunk)) == chunk
    assert unpack_chunk(pack_chunk(chunk, fields=9)) == replace(chunk, mtime=None)


@given(any_chunk())
def test_packing_gives_what_msgpack_gives(chunk: Chunk) -> None:
    fields = [getattr(chunk, name) for name in Chunk.__slots__]
    fields[-1] = chunk.mtime or 0.0
    assert pack_chunk(chunk) == msgpack.packb(fields, use_bin_type=True)


@pytest.mark.parametrize("length", [0, 1, 31, 255, 256, 65535, 65536, 524288])
def test_data_of_every_msgpack_width_pass(length: int) -> None:
    [chunk] = chunks_of(bytes(length), chunk_size=length or 1)
    assert unpack_chunk(pack_chunk(chunk)) == chunk


@given(any_chunk())
def test_texts_may_be_bin_and_data_and_hashes_may_be_str(chunk: Chunk) -> None:
    fields: list[Any] = [getattr(chunk, name) for name in Chunk.__slots__]
    swapped = [field.encode() if isinstance(field, str) else field for field in fields]
    swapped[-1] = chunk.mtime or 0
    assert unpack_chunk(msgpack.packb(swapped, use_bin_type=True)) == chunk
    assert unpack_chunk(msgpack.packb(swapped, use_bin_type=False)) == chunk


def test_data_are_a_view_of_the_record() -> None:
    value = pack_chunk(HELLO)
    data = unpack_chunk(value).data
    assert isinstance(data, memoryview)
    assert data.obj is value
    assert data.readonly


@pytest.mark.parametrize("mtime", [0, 0.0, math.nan, math.inf, -math.inf, 1e300, 2**63])
def test_a_time_that_no_calendar_has_is_unknown(mtime: float) -> None:
    value = pack_chunk(HELLO)[:-9] + msgpack.packb(mtime)
    assert unpack_chunk(value).mtime is None


@pytest.mark.parametrize("mtime", [-1.5, 1, 1700000000])
def test_a_time_may_be_an_integer_or_before_1970(mtime: float) -> None:
    value = pack_chunk(HELLO)[:-9] + msgpack.packb(mtime)
    assert unpack_chunk(value).mtime == mtime


def test_an_unknown_time_is_written_as_zero() -> None:
    assert pack_chunk(replace(HELLO, mtime=None)).endswith(msgpack.packb(0.0))


def test_verify_finds_changed_data() -> None:
    verify(HELLO)
    with pytest.raises(BadChunk, match=r"Chunk 1 of 2 of 'sub/dir/hi_v2\.txt': the data do not"):
        verify(replace(HELLO, data=b"Hello, W"))


def test_a_signature_makes_the_difference_between_bad_and_no_chunk() -> None:
    with pytest.raises(NotAChunk, match="not 64 bytes"):
        unpack_chunk(pack_chunk(replace(HELLO, file_hash=bytes(63))))
    with pytest.raises(BadChunk, match="no such index"):
        unpack_chunk(pack_chunk(replace(HELLO, index=0)))


@given(st.binary(max_size=300))
def test_random_bytes_are_no_chunk(value: bytes) -> None:
    with pytest.raises(NotAChunk):
        unpack_chunk(value)


@given(st.binary(max_size=300))
def test_random_bytes_behind_a_signature_raise_nothing_else(tail: bytes) -> None:
    head = pack_chunk(HELLO)[: 8 + 66 + 66]
    with suppress(BadChunk):
        assert unpack_chunk(head + tail).filename == "hi.txt"


@given(st.data())
def test_every_cut_is_noticed(data: st.DataObject) -> None:
    value = pack_chunk(HELLO)
    length = data.draw(st.integers(0, len(value) - 1))
    with pytest.raises((NotAChunk, BadChunk)):
        unpack_chunk(value[:length])
