"""Text in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import FormatError

if TYPE_CHECKING:
    from jupyter_stream.formats.record_format import Value


class TextFormat:
    """Reads text."""

    name = "text"

    # Neither zero, nor what only goes on in UTF-8, or never comes.
    first_bytes = frozenset(range(1, 0x80)) | frozenset(range(0xC2, 0xF5))

    def decode(self, value: Value) -> str:
        """Return the text.

        Raises
        ------
        FormatError
            It is not UTF-8, or holds zeros.
        """
        try:
            text = str(value, "utf-8")
        except UnicodeDecodeError as error:
            raise FormatError(f"not text: {error}") from None
        if "\0" in text:
            raise FormatError("not text: it holds zeros")
        return text
