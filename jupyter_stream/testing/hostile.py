"""A corpus of hostile messages: records that no reader may trip over.

Each has a name, a key and a value. Reading them as file chunks must end in NotAChunk, BadChunk,
UnsafePath or FileTooLarge, take no memory worth speaking of, and leave good files unharmed.
"""

import pickle
import struct
from collections.abc import Iterator
from hashlib import sha512
from typing import Any, NamedTuple

import msgpack

_DATA = b"Hello, world"
_HASH = sha512(_DATA).digest()
_UNSAFE_FILENAMES = {
    "upwards": "../evil.txt",
    "far upwards": "../../../../etc/cron.d/evil",
    "absolute": "/etc/evil",
    "only dots": "..",
    "one dot": ".",
    "empty": "",
    "with NUL": "evil\0.txt",
    "with line break": "evil\n.txt",
    "with escape sequence": "\x1b[2Jevil",
    "with backslash": "..\\evil.txt",
    "of a drive": "C:evil.txt",
    "reserved": "NUL",
    "reserved with suffix": "com1.txt",
    "with trailing dot": "evil.txt.",
    "with trailing space": "evil.txt ",
    "too long": "a" * 256,
    "of an unfinished file": ".evil.jupyter-stream-part",
}
_UNSAFE_SUBDIRS = {
    "upwards": "..",
    "upwards in the middle": "a/../../b",
    "absolute": "/tmp",  # noqa: S108 - a place that nothing may be written to
    "with empty part": "a//b",
    "with trailing slash": "a/",
    "with NUL": "a\0b",
    "network share": "\\\\server\\share",
    "drive": "C:",
    "reserved": "aux/b",
    "too deep": "/".join(["a"] * 1000),
}
_WRONG_COUNTS: dict[str, Any] = {
    "negative": -1,
    "fractional": 1.5,
    "bool": True,
    "text": "1",
    "nothing": None,
    "list": [1],
    "map": {1: 1},
}


class HostileMessage(NamedTuple):
    """A record that should not be there.

    Attributes
    ----------
    name
        What is wrong with it; unique in the corpus.
    key, value
        The record.
    """

    name: str
    key: bytes | None
    value: bytes | None


def hostile_messages() -> list[HostileMessage]:
    """Give the whole corpus, always the same."""
    groups = (_other_formats, _damaged, _wrong_types, _wrong_numbers, _unsafe_paths, _huge_claims)
    return [
        HostileMessage(name, f"hostile {name}".encode(), value)
        for group in groups
        for name, value in group()
    ]


def _chunk_fields(**changes: Any) -> list[Any]:
    """Give the fields of a good chunk of one, with some changed."""
    fields = {
        "filename": "hello.txt",
        "file_hash": _HASH,
        "chunk_hash": _HASH,
        "offset": 0,
        "index": 1,
        "total": 1,
        "subdir": "",
        "append": "",
        "data": _DATA,
        "mtime": 1.7e9,
    }
    return list({**fields, **changes}.values())


def _chunk(**changes: Any) -> bytes:
    return bytes(msgpack.packb(_chunk_fields(**changes), unicode_errors="surrogatepass"))


def _other_formats() -> Iterator[tuple[str, bytes | None]]:
    """Give records of other formats, and of none."""
    yield "no value", None
    yield "empty value", b""
    yield "text", b"just some text"
    yield "JSON object", b'{"timestamp": "2024-01-01T00:00:00Z", "n_messages_read": 3}'
    yield "JSON array of ten", b"[1,2,3,4,5,6,7,8,9,10]"
    yield "framed JSON", b'\0\0\0\0\1{"chunk": "aGVsbG8=", "part": "1.10"}'
    yield "Bluesky document", msgpack.packb(["start", {"uid": "1", "time": 1.0}])
    yield "encrypted", b"\x01" + msgpack.packb([b"a", b"b", b"c"])
    yield "npy", b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'shape': (3,)}"
    yield "pickle", pickle.dumps({"a": [1, 2, 3]})
    yield "pickle that would run code", b"cos\nsystem\n(S'touch /tmp/evil'\ntR."
    yield (
        "pickle in an object array",
        msgpack.packb({b"nd": True, b"kind": b"O", b"data": pickle.dumps([1])}),
    )
    yield "msgpack number", b"\x01"
    yield "msgpack map", msgpack.packb({"filename": "a"})
    yield "msgpack array of ten numbers", msgpack.packb(list(range(10)))
    yield "eight fields", msgpack.packb(_chunk_fields()[:8])
    yield "eleven fields", msgpack.packb([*_chunk_fields(), 0])
    yield "byte that msgpack never uses", b"\xc1" * 100
    yield "random bytes", sha512(b"random").digest() * 4


def _damaged() -> Iterator[tuple[str, bytes]]:
    """Give chunks that were cut off, or have something added."""
    whole = _chunk()
    for length in (1, 2, 11, 60, 80, 145, 150, 160, len(whole) - 9, len(whole) - 1):
        yield f"cut off after {length} bytes", whole[:length]
    yield "trailing byte", whole + b"\0"
    yield "second chunk behind the first", whole * 2
    nine = msgpack.packb(_chunk_fields()[:9])
    yield "trailing byte after nine fields", nine + b"\0"
    yield "nine fields that claim to be ten", b"\x9a" + nine[1:]
    yield "data that do not match their hash", _chunk(data=b"Hello, World")
    yield "data of another length", _chunk(data=b"Hello")
    yield "file hash of something else", _chunk(file_hash=bytes(64))
    yield "chunk hash of zeros", _chunk(chunk_hash=bytes(64))
    yield "hash of 63 bytes", _chunk(chunk_hash=_HASH[:63])
    yield "hash in hexadecimal", _chunk(file_hash=_HASH.hex())


def _wrong_types() -> Iterator[tuple[str, bytes]]:
    """Give chunks with a field of another type."""
    for field in ("offset", "index", "total"):
        for kind, value in _WRONG_COUNTS.items():
            yield f"{field} that is {kind}", _chunk(**{field: value})
    for field in ("filename", "subdir", "append"):
        yield f"{field} that is a number", _chunk(**{field: 7})
        yield f"{field} that is a list", _chunk(**{field: ["a"]})
        yield f"{field} that is nothing", _chunk(**{field: None})
        yield f"{field} that is not UTF-8", _chunk(**{field: b"\xff\xfe.txt"})
        yield f"{field} with a lone surrogate", _chunk(**{field: "\udcff"})
    yield "data that are a number", _chunk(data=5)
    yield "data that are a list", _chunk(data=[1, 2])
    yield "data that are nothing", _chunk(data=None)
    yield "time that is a text", _chunk(mtime="yesterday")
    yield "time that is a bool", _chunk(mtime=True)
    yield "time that is a list", _chunk(mtime=[1.0])
    yield "hash that is a number", _chunk(file_hash=1)
    yield "extension type as a name", _chunk(filename=msgpack.ExtType(5, b"abc"))
    yield "timestamp as a name", _chunk(filename=msgpack.Timestamp(1))


def _wrong_numbers() -> Iterator[tuple[str, bytes]]:
    """Give chunks whose place contradicts itself."""
    yield "index zero", _chunk(index=0)
    yield "total zero", _chunk(total=0)
    yield "index beyond total", _chunk(index=3, total=2, offset=24)
    yield "first chunk in the middle", _chunk(offset=12, total=2)
    yield "second chunk at the start", _chunk(index=2, total=2)
    yield "only chunk in the middle", _chunk(offset=5)
    yield "offset between two chunks", _chunk(index=3, total=4, offset=25)
    yield "chunk longer than its place", _chunk(index=3, total=4, offset=20)
    yield "chunk shorter than its place", _chunk(index=2, total=4, offset=100)
    yield "last chunk longer than the others", _chunk(index=2, total=2, offset=8)
    yield (
        "empty chunk among others",
        _chunk(index=2, total=2, offset=8, data=b"", chunk_hash=sha512(b"").digest()),
    )


def _unsafe_paths() -> Iterator[tuple[str, bytes]]:
    """Give chunks that want to be written elsewhere."""
    for kind, filename in _UNSAFE_FILENAMES.items():
        yield f"filename {kind}", _chunk(filename=filename)
    for kind, subdir in _UNSAFE_SUBDIRS.items():
        yield f"subdirectory {kind}", _chunk(subdir=subdir)
    yield "append that leads upwards", _chunk(append="/../../../evil")
    yield "append that is absolute", _chunk(filename="", append="/evil")
    yield "path that is unsafe only when joined", _chunk(filename=".txt", subdir="..", append="")


def _huge_claims() -> Iterator[tuple[str, bytes]]:
    """Give small records that claim to be the beginning of something huge."""
    yield "total of a million million", _chunk(total=10**12)
    yield "total of 2**64 - 1", _chunk(total=2**64 - 1)
    yield "last of very many", _chunk(index=10**12, total=10**12, offset=12 * (10**12 - 1))
    yield "offset of 2**63", _chunk(index=2, total=2, offset=2**63)
    yield "offset of 2**64 - 1", _chunk(index=2, total=3, offset=2**64 - 1)
    yield (
        "one byte, a thousand million times",
        _chunk(data=b"a", chunk_hash=sha512(b"a").digest(), total=10**9),
    )
    yield "filename of a megabyte", _chunk(filename="a" * 2**20)
    yield "subdirectory of a megabyte", _chunk(subdir="a/" * 2**19)
    yield "hash of a megabyte", _chunk(file_hash=bytes(2**20))
    whole = _chunk()
    head = whole[: whole.index(b"\xc4\x0c" + _DATA)]
    yield "data that claim 4 GiB", head + b"\xc6\xff\xff\xff\xff" + _DATA
    yield (
        "data that claim one byte too many",
        head + b"\xc4\x16" + _DATA + struct.pack(">Bd", 203, 0),
    )
    yield "filename that claims 4 GiB", b"\x9a\xdb\xff\xff\xff\xff" + _DATA
    yield "array that claims 2**32 - 1 fields", b"\xdd\xff\xff\xff\xff" + _DATA
    yield "map that claims 2**32 - 1 fields as a name", b"\x9a\xdf\xff\xff\xff\xff" + _DATA
    yield "array that claims 2**32 - 1 fields as a name", b"\x9a\xdd\xff\xff\xff\xff" + _DATA
    yield "array that claims a million fields as a name", b"\x9a\xdd\x00\x0f\x42\x40" + _DATA
    yield "extension that claims 4 GiB as a name", b"\x9a\xc9\xff\xff\xff\xff\x05" + _DATA
    yield "arrays nested a hundred thousand deep", b"\x9a" + b"\x91" * 100_000
    yield "maps nested a hundred thousand deep", b"\x9a" + b"\x81\x01" * 100_000
    yield (
        "deep nesting as the offset",
        msgpack.packb(["a", _HASH, _HASH]).replace(b"\x93", b"\x9a", 1) + b"\x91" * 100_000,
    )
    yield "deep nesting as the time", whole[:-9] + b"\x91" * 100_000
