"""Whether a text stands in a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.formats.decoding import RAW, examine
from jupyter_stream.server.records.brief import brief_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from jupyter_stream.kafka.record import Record

PLACES = ("key", "value", "headers")
# Of what is no text, larger values are searched as bytes only.
LARGEST_DECODED = 64 * 1024
MOST_SIGNS = 65_536
_ESCAPE = b"\\u"


class Match:
    """Finds a text, whichever way it is written: as bytes, in JSON with escapes, in msgpack.

    Parameters
    ----------
    text
        What to find; upper and lower case are the same.
    places
        Where: key, value, headers.
    """

    def __init__(self, text: str, places: Collection[str]) -> None:
        self._text = text.casefold()
        self._bytes = text.lower().encode()
        self._ascii = text.isascii()
        self._places = places

    def __call__(self, record: Record) -> bool:
        """Tell whether the text stands in a record.

        Parameters
        ----------
        record
            The record.
        """
        return any(self._in(part) for part in self._parts(record))

    def _parts(self, record: Record) -> Iterator[bytes]:
        if "key" in self._places and record.key:
            yield record.key
        if "value" in self._places and record.value:
            yield record.value
        if "headers" in self._places:
            for name, value in record.headers:
                yield name.encode()
                yield value or b""

    def _in(self, part: bytes) -> bool:
        if self._ascii:
            if self._bytes in part.lower():
                return True
        elif self._text in part.decode(errors="ignore").casefold():
            return True
        return len(part) <= LARGEST_DECODED and self._in_decoded(part)

    def _in_decoded(self, part: bytes) -> bool:
        is_text = part[:1] in b'{["' and _ESCAPE not in part
        if is_text:
            return False
        decoded = examine(part)
        if decoded.format in {"text", RAW, "npy", "empty"} or decoded.error is not None:
            return False
        return self._text in brief_text(decoded.value, MOST_SIGNS)[0].casefold()
