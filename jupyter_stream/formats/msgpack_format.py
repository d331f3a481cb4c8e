"""msgpack, with arrays as the package msgpack-numpy writes them."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np

from jupyter_stream.errors import FormatError, Undecodable
from jupyter_stream.formats.alike_arrays import AlikeArrays
from jupyter_stream.formats.array_shape import could_be_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from numpy.typing import NDArray

    from jupyter_stream.formats.record_format import Value

# A list takes memory for all that it claims to hold, before the first of it is read.
MOST_ITEMS = 250_000
MOST_CONTAINERS = 1_000_000
# Descriptions of dtypes are kept, and told.
MOST_FIELDS = 200
MOST_SIGNS = 2_000
LONGEST = 100
_SMALL_BYTES = 2**20
# Numbers of one byte, without those that are text.
_SINGLE = frozenset(range(0x100)) - frozenset(range(0x20, 0xE0)) - frozenset(b"\t\n\r")
# Mappings, lists, and what has a length of its own.
_OPEN = frozenset((*range(0x80, 0xA0), *range(0xC4, 0xCA), *range(0xD4, 0xE0)))
# Numbers, and texts of up to 31 bytes: the first byte tells the length of all.
_LENGTHS = {
    **{0xA0 + length: 1 + length for length in range(32)},
    **dict.fromkeys((204, 208), 2),
    **dict.fromkeys((205, 209), 3),
    **dict.fromkeys((202, 206, 210), 5),
    **dict.fromkeys((203, 207, 211), 9),
}


# The key of an array's data, as bytes and as text; and what says how long bytes are.
_DATA_KEYS = (b"\xc4\x04data", b"\xa4data")
_SIZE_MARKS = {1: b"\xc4", 2: b"\xc5", 4: b"\xc6"}
_LONGEST_BEFORE = 11


class MsgpackFormat:
    """Reads msgpack; extension types are given as they are, objects (pickles) are refused."""

    name = "msgpack"

    def __init__(self) -> None:
        self._alike = AlikeArrays()

    @property
    def first_bytes(self) -> frozenset[int]:
        """How msgpack may begin; a small number only where it does not look like text."""
        return _OPEN | frozenset(_LENGTHS) | frozenset(range(0xC0, 0xC4)) | _SINGLE

    def decode(self, value: Value) -> Any:
        """Return what the msgpack holds.

        Raises
        ------
        Undecodable
            It holds an array that is damaged or made of Python objects, or too much.
        FormatError
            It is no msgpack.
        """
        first = value[0]
        if first not in _OPEN and len(value) != _LENGTHS.get(first, 1):
            raise FormatError("not msgpack: of another length than it would have")
        alike = self._alike.read(value)
        if alike is not None:
            return alike
        decoded = _unpacked(value)
        if isinstance(decoded, np.ndarray) and _ends_with_data(value, decoded.nbytes):
            self._alike.remember(value, decoded, len(value) - decoded.nbytes)
        return decoded


def _unpacked(value: Value) -> Any:
    hooks: dict[str, Callable[..., Any]] = {"object_hook": _object}
    if len(value) > _SMALL_BYTES:
        hooks = _Counting().hooks()
    try:
        return msgpack.unpackb(
            value,
            strict_map_key=False,
            timestamp=1,
            max_array_len=min(len(value), MOST_ITEMS),
            max_map_len=min(len(value), MOST_ITEMS),
            **hooks,
        )
    except Undecodable:
        raise
    except (msgpack.UnpackException, ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"not msgpack: {error}") from None


def _ends_with_data(value: Value, length: int) -> bool:
    """Say whether the last field of a mapping is the data of an array of so many bytes."""
    # As short as can be: none writes it in another way.
    width = 1 if length < 2**8 else 2 if length < 2**16 else 4
    size = _SIZE_MARKS[width] + length.to_bytes(width, "big")
    before = bytes(value[max(0, len(value) - length - _LONGEST_BEFORE) : len(value) - length])
    return before.endswith(tuple(key + size for key in _DATA_KEYS))


class _Counting:
    """Counts the lists and mappings of a large value, each of which takes much more than a byte."""

    def __init__(self) -> None:
        self._count = 0

    def hooks(self) -> dict[str, Callable[..., Any]]:
        """Return what msgpack calls with each of them."""
        return {"object_hook": self._object, "list_hook": self._list}

    def _object(self, mapping: dict[Any, Any]) -> Any:
        self._more()
        return _object(mapping)

    def _list(self, items: list[Any]) -> list[Any]:
        self._more()
        return items

    def _more(self) -> None:
        self._count += 1
        if self._count > MOST_CONTAINERS:
            raise Undecodable(
                f"the msgpack holds more than {MOST_CONTAINERS} lists and mappings; read it with "
                "a function of your own (record.data)"
            )


def _object(mapping: dict[Any, Any]) -> Any:
    """Turn a mapping into the array or the number that it stands for, if it does."""
    # Old versions write the keys as texts.
    key: Literal[b"nd", "nd"] = b"nd" if b"nd" in mapping else "nd"
    if key in mapping and _field(mapping, "data") is not None:
        return _array(mapping) if mapping[key] else _array(mapping).reshape(())[()]
    if mapping.get(b"complex") is True:
        return _complex(mapping)
    return mapping


def _field(mapping: Mapping[Any, Any], name: str) -> Any:
    found = mapping.get(name.encode())
    return mapping.get(name) if found is None else found


def _array(mapping: Mapping[Any, Any]) -> NDArray[Any]:
    if _field(mapping, "kind") in (b"O", "O"):
        raise Undecodable("an array of Python objects (a pickle), which are never read")
    dtype = _dtype(_described(_field(mapping, "type")))
    shape = _field(mapping, "shape") or []
    data = _field(mapping, "data")
    # Before anything is reckoned with it: the product of huge numbers takes for ever.
    if not isinstance(shape, list) or not could_be_shape(shape):
        raise Undecodable(f"an array of a shape that cannot be: {_cut(shape)}")
    try:
        if math.prod(shape) * dtype.itemsize != len(data):
            raise Undecodable(
                f"an array of shape {_cut(shape)} and dtype {_cut(dtype)} does not fit into its "
                f"{len(data)} bytes"
            )
        return np.frombuffer(data, dtype).reshape(shape)
    except (TypeError, ValueError) as error:
        raise Undecodable(f"an array that cannot be: {str(error)[:200]}") from None


def _cut(claim: Any) -> str:
    """Return what is claimed as a text, no longer than there is use for."""
    text = str(claim[:LONGEST] if isinstance(claim, list) else claim)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _described(told: Any) -> Any:
    """Bring the description of a dtype into the form that NumPy takes, and that can be kept."""
    if isinstance(told, bytes):
        return told.decode("ascii", "replace")
    if isinstance(told, list):
        return tuple(
            tuple(_described(part) for part in field) if isinstance(field, list) else field
            for field in told
        )
    return told


def _dtype(told: Any) -> np.dtype[Any]:
    try:
        _check_length(told)
        dtype = _known_dtype(told)
    except (TypeError, ValueError, SyntaxError, RecursionError) as error:
        raise Undecodable(f"an array of an unknown dtype: {str(error)[:200]}") from None
    if dtype.hasobject or dtype.itemsize == 0:
        raise Undecodable(f"an array of dtype {_cut(dtype)}, which is never read")
    return dtype


def _check_length(told: Any) -> None:
    fields = len(told) if isinstance(told, tuple) else 1
    if fields > MOST_FIELDS or len(repr(told)) > MOST_SIGNS:
        raise ValueError(f"over {MOST_FIELDS} fields or {MOST_SIGNS} signs describe it")


@lru_cache(maxsize=256)
def _known_dtype(told: Any) -> np.dtype[Any]:
    if not isinstance(told, str | tuple):
        raise TypeError(f"{told!r} is no dtype")
    return np.dtype(list(told) if isinstance(told, tuple) else told)


def _complex(mapping: Mapping[Any, Any]) -> complex:
    try:
        return complex(str(_field(mapping, "data")))
    except ValueError as error:
        raise Undecodable(f"a complex number that cannot be: {error}") from None
