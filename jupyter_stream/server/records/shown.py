"""Bytes as text for the page: decoded, cut, and never more than it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.chunk import is_chunk, unpack_chunk
from jupyter_stream.formats.decoding import RAW
from jupyter_stream.server.records.arrays import array_of
from jupyter_stream.server.records.brief import brief_text
from jupyter_stream.server.records.kinds import kind_of
from jupyter_stream.server.records.reading import AUTO, CHUNK, read_as

if TYPE_CHECKING:
    from jupyter_stream.formats.decoding import Decoded

MOST_SIGNS = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A key, a value or a header as text.

    Attributes
    ----------
    format
        In which format it was read: json, msgpack, npy, text, bytes, empty or chunk.
    text
        What it holds; the hexadecimal bytes of what is no text.
    cut
        Whether there is more.
    error
        Why it cannot be read in its format; the text is hexadecimal then. None if it can.
    kind
        What it is: number, spectrum, image, array, table, mapping, text, bytes, chunk or empty.
    shape
        The lengths of an array; None of others.
    dtype
        NumPy's word for the type of an array's numbers; None of others.
    """

    format: str
    text: str
    cut: bool
    error: str | None
    kind: str
    shape: list[int] | None
    dtype: str | None


EMPTY = Shown("empty", "", cut=False, error=None, kind="empty", shape=None, dtype=None)


def show(value: bytes | None, form: str = AUTO, most: int = MOST_SIGNS) -> Shown:
    """Return bytes as text.

    Parameters
    ----------
    value
        The bytes; None where there are none.
    form
        In which format to read them: "auto" or the name of one.
    most
        How many signs of text at most.
    """
    if not value:
        return EMPTY
    if form == CHUNK or (form == AUTO and is_chunk(value)):
        return _shown_chunk(value, most)
    decoded = read_as(value, form)
    if decoded.error is not None:
        return _hexadecimal(value, most, decoded.format, str(decoded.error))
    if decoded.format == RAW:
        return _hexadecimal(value, most, RAW, None)
    return _shown(value, decoded, most)


def _shown(value: bytes, decoded: Decoded, most: int) -> Shown:
    array = array_of(decoded.value)
    text, cut = _text(value, decoded, most)
    return Shown(
        format=decoded.format,
        text=text,
        cut=cut,
        error=None,
        kind=kind_of(decoded.value),
        shape=None if array is None else list(array.shape),
        dtype=None if array is None else str(array.dtype)[:MOST_SIGNS],
    )


def _text(value: bytes, decoded: Decoded, most: int) -> tuple[str, bool]:
    """Return the text, and whether it was cut; JSON as it was written."""
    if decoded.format in {"json", "text"}:
        # No sign takes more than four bytes.
        whole = value[: 4 * most + 4].decode(errors="ignore")
        return whole[:most], len(whole) > most or len(value) > 4 * most + 4
    return brief_text(decoded.value, most)


def _hexadecimal(value: bytes, most: int, form: str, error: str | None) -> Shown:
    text = value[: most // 2].hex()
    cut = len(value) > most // 2
    return Shown(form, text, cut, error, kind="bytes", shape=None, dtype=None)


def _shown_chunk(value: bytes, most: int) -> Shown:
    try:
        chunk = unpack_chunk(value)
    except FormatError as error:
        return _hexadecimal(value, most, CHUNK, str(error))
    text = f"{chunk.path}: chunk {chunk.index} of {chunk.total}, {len(chunk.data)} bytes"
    return Shown(
        CHUNK, text[:most], len(text) > most, error=None, kind="chunk", shape=None, dtype=None
    )
