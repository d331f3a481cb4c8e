"""From a value to a Python object, in the format that is found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.errors import FormatError, Undecodable
from jupyter_stream.formats.json_format import JsonFormat
from jupyter_stream.formats.msgpack_format import MsgpackFormat
from jupyter_stream.formats.npy_format import NpyFormat
from jupyter_stream.formats.text_format import TextFormat

if TYPE_CHECKING:
    from jupyter_stream.formats.record_format import RecordFormat, Value

EMPTY, RAW = "empty", "bytes"

_FORMATS: tuple[RecordFormat, ...] = (NpyFormat(), JsonFormat(), MsgpackFormat(), TextFormat())
# For each first byte what may begin with it.
_CANDIDATES = [[one for one in _FORMATS if first in one.first_bytes] for first in range(256)]


class Decoded(NamedTuple):
    """A value as a Python object.

    Attributes
    ----------
    format
        Name of the format: npy, json, msgpack, text, bytes or empty.
    value
        An array for npy, what JSON or msgpack hold, a str for text, bytes for what is nothing
        else, None for no value at all. Arrays are read-only and share the memory of the value.
    error
        Why the value cannot be decoded although its format is known; None if it can.
    """

    format: str
    value: Any
    error: Undecodable | None = None


def examine(value: Value | None) -> Decoded:
    """Find out what a value is; what is damaged comes with the reason.

    Parameters
    ----------
    value
        The value of a record, or the content of a file; None for a record without one.
    """
    if not value:
        return Decoded(EMPTY, None)
    for one in _CANDIDATES[value[0]]:
        try:
            return Decoded(one.name, one.decode(value))
        except Undecodable as error:
            return Decoded(one.name, None, error)
        except FormatError:
            continue
        except Exception as error:  # noqa: BLE001 - whatever a record does, the stream goes on
            return Decoded(one.name, None, _unforeseen(error))
    return Decoded(RAW, bytes(value))


def _unforeseen(error: Exception) -> Undecodable:
    return Undecodable(f"it is damaged: {type(error).__name__}: {str(error)[:200]}")


def decode(value: Value | None) -> Decoded:
    """Make a Python object of a value.

    Parameters
    ----------
    value
        As in `examine`.

    Raises
    ------
    Undecodable
        Its format is known, but it is damaged, too large, or holds what is not allowed.
    """
    decoded = examine(value)
    if decoded.error is not None:
        raise decoded.error
    return decoded
