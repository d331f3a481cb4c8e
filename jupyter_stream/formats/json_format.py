"""JSON: objects, lists, and single numbers, which are what many sensors send."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import FormatError, Undecodable

if TYPE_CHECKING:
    from jupyter_stream.formats.record_format import Value

# The smallest object, `[]`, takes thirty times its length as a Python object.
MOST_OBJECTS = 2_000_000
_SMALL_BYTES = 2**20
# An object, a list, a text, a number, true, false, null, NaN, Infinity, or white space before it.
_FIRST = frozenset(b'{["-0123456789tfnNI \t\r\n')


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
        if len(value) > _SMALL_BYTES:
            _check_count(bytes(value))
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
