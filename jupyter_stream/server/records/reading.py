"""Reading bytes in a format that is found or chosen, without taking time on a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import FormatError, Undecodable
from jupyter_stream.formats.decoding import RAW, Decoded, examine
from jupyter_stream.formats.json_format import JsonFormat
from jupyter_stream.formats.msgpack_format import MsgpackFormat
from jupyter_stream.formats.npy_format import MAGIC, NpyFormat
from jupyter_stream.formats.text_format import TextFormat

if TYPE_CHECKING:
    from jupyter_stream.formats.record_format import RecordFormat

AUTO, CHUNK = "auto", "chunk"
FORMATS: dict[str, RecordFormat] = {
    one.name: one for one in (JsonFormat(), MsgpackFormat(), NpyFormat(), TextFormat())
}
CHOICES = (AUTO, *FORMATS, RAW, CHUNK)

# Beyond this, values are not decoded to show a few signs of them; arrays are, which takes no time.
LARGE = 2**20
_GLIMPSE = 4_096
# Where an array as msgpack-numpy writes it says that it is one.
_ARRAY_MARK = b"nd"


def read_as(value: bytes, form: str) -> Decoded:
    """Read bytes.

    Parameters
    ----------
    value
        The bytes, at least one.
    form
        "auto" or the name of a format; not of a chunk.
    """
    if form == RAW:
        return Decoded(RAW, value)
    if len(value) > LARGE and not _is_array(value):
        return _glimpse(value, form)
    return examine(value) if form == AUTO else _chosen(value, FORMATS[form])


def _chosen(value: bytes, form: RecordFormat) -> Decoded:
    try:
        if value[0] not in form.first_bytes:
            raise FormatError(f"not {form.name}: it begins in another way")  # noqa: TRY301
        return Decoded(form.name, form.decode(value))
    except Undecodable as error:
        return Decoded(form.name, None, error)
    except FormatError as error:
        return Decoded(form.name, None, Undecodable(str(error)))


def _is_array(value: bytes) -> bool:
    return value.startswith(MAGIC) or _ARRAY_MARK in value[:16]


def _glimpse(value: bytes, form: str) -> Decoded:
    """Take a large value for text, for JSON, or for what cannot be shown, by its ends."""
    # A sign at the end may be cut off.
    head = value[:_GLIMPSE].decode(errors="ignore")
    is_text = len(head.encode()) >= _GLIMPSE - 3 and "\0" not in head
    if form == AUTO:
        ends = value[:1] + value.rstrip()[-1:] if is_text else b""
        found = "json" if ends in {b"{}", b"[]"} else "text"
        return Decoded(found, head) if is_text else Decoded(RAW, value)
    if form in {"json", "text"} and is_text:
        return Decoded(form, head)
    return Decoded(
        form, None, Undecodable(f"it has {len(value)} bytes, too many to be decoded here")
    )
