"""JSON: objects, lists, and single numbers, which are what many sensors send."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from jupyter_stream.errors import FormatError, Undecodable

if TYPE_CHECKING:
    from jupyter_stream.formats.record_format import Value

# The smallest object, `[]`, takes thirty times its length as a Python object.
MOST_OBJECTS = 2_000_000
_SMALL_BYTES = 2**20
# An object, a list, a text, a number, true, false, null, NaN, Infinity, or white space before it.
_FIRST = frozenset(b'{["-0123456789tfnNI \t\r\n')
_SPACE = b" \t\r\n"
_DIGITS = b"0123456789"
# What each of them ends with; much text begins like JSON, but does not end like it.
_LAST = {
    **dict.fromkeys(_DIGITS, frozenset(_DIGITS)),
    **dict.fromkeys(_SPACE, frozenset(range(256))),
    ord("-"): frozenset(_DIGITS + b"y"),
    **{first: frozenset((last,)) for first, last in zip(b'{["tfnNI', b'}]"eelNy', strict=True)},
}
_USUAL_SPACE = 64


class JsonFormat:
    """Reads JSON in UTF-8."""

    name = "json"

    first_bytes = _FIRST

    def decode(self, value: Value) -> Any:
        """Return what the JSON holds.

        Raises
        ------
        Undecodable
            It holds so much that no memory is taken for it.
        FormatError
            It is no JSON.
        """
        if _end(value) not in _LAST[value[0]]:
            raise FormatError("not JSON: it ends in another way than it begins")
        if len(value) > _SMALL_BYTES:
            _check_count(bytes(value))
        try:
            return _quick(value)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return _all(value)


def _end(value: Value) -> int:
    """Return the last byte that is no white space."""
    last = value[-1]
    if last in _SPACE:
        near = bytes(value[-_USUAL_SPACE:]).rstrip(_SPACE)
        return (near or bytes(value).rstrip(_SPACE) or _SPACE)[-1]
    return last


# Ten times as quick as `json`, but takes neither NaN nor Infinity nor halves of surrogates.
_quick = msgspec.json.Decoder().decode


def _all(value: Value) -> Any:
    try:
        return json.loads(str(value, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"not JSON: {error}") from None


def _check_count(value: bytes) -> None:
    count = sum(value.count(mark) for mark in (b",", b"[", b"{"))
    if count > MOST_OBJECTS:
        raise Undecodable(
            f"the JSON holds about {count} objects, more than {MOST_OBJECTS}; read it with a "
            "function of your own (record.data)"
        )
