"""A line of a terminal that is drawn anew again and again."""

import os
from typing import TextIO

_USUAL_WIDTH = 80


class TerminalLine:
    """The last line of a terminal.

    Parameters
    ----------
    stream
        The terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = 0

    @property
    def width(self) -> int:
        """How many characters fit into the line without a break."""
        try:
            columns = os.get_terminal_size(self._stream.fileno()).columns
        except OSError:
            columns = 0
        # Some terminals go to the next line when the last column is written.
        return (columns or _USUAL_WIDTH) - 1

    def draw(self, text: str) -> None:
        """Put a text in the place of the former one."""
        shown = text[: self.width]
        print(f"\r{shown:<{self._drawn}}", end="", file=self._stream, flush=True)
        self._drawn = len(shown)

    def clear(self) -> None:
        """Leave an empty line."""
        if self._drawn:
            print(f"\r{'':<{self._drawn}}\r", end="", file=self._stream, flush=True)
            self._drawn = 0

    def finish(self) -> None:
        """Leave the line as it is, and go to the next one."""
        if self._drawn:
            print(file=self._stream)
            self._drawn = 0
