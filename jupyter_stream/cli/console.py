"""What a command that runs for long tells while it runs."""

import sys
from datetime import UTC, datetime
from typing import TextIO

from jupyter_stream.cli.printable import printable
from jupyter_stream.cli.terminal_line import TerminalLine


class Console:
    """Tells lines: on a terminal above one that shows the progress, in a log with their time.

    Parameters
    ----------
    stream
        Where to tell; by default standard error.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self.is_terminal = self._stream.isatty()
        self._line = TerminalLine(self._stream)

    @property
    def width(self) -> int:
        """How many characters fit into the line that shows the progress."""
        return self._line.width

    def tell(self, text: str) -> None:
        """Tell something that stays.

        Parameters
        ----------
        text
            What to tell; what a terminal would take for commands is escaped.
        """
        self._line.clear()
        time = "" if self.is_terminal else f"{_now()} "
        print(f"{time}{printable(text)}", file=self._stream, flush=True)

    def show(self, text: str) -> None:
        """Show on the terminal's last line how far things have come.

        Parameters
        ----------
        text
            What to show in the place of what was shown before.
        """
        self._line.draw(text)

    def clear(self) -> None:
        """Take away what was shown on the terminal's last line."""
        self._line.clear()


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
