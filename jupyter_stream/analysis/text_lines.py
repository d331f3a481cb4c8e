"""The lines of a text that is too long to hold all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_BYTES = 2**18


def lines_of(text: memoryview) -> Iterator[str]:
    """Give the lines of a text in UTF-8, as `str.splitlines` parts them.

    Parameters
    ----------
    text
        The bytes of the text.

    Raises
    ------
    UnicodeDecodeError
        It is not UTF-8.
    """
    for block in _blocks(text):
        yield from str(block, "utf-8").splitlines()


def _blocks(text: memoryview) -> Iterator[memoryview]:
    """Part a text behind ends of lines, into blocks of a size or about twice as much."""
    begin = 0
    for looked in range(BLOCK_BYTES, len(text), BLOCK_BYTES):
        found = bytes(text[looked : looked + BLOCK_BYTES]).find(b"\n")
        if found >= 0:
            end = looked + found + 1
            yield text[begin:end]
            begin = end
    yield text[begin:]
