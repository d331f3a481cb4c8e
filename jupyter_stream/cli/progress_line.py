"""Progress on a terminal: one line that is drawn anew; elsewhere: one line per step."""

import sys
from types import TracebackType
from typing import Self, TextIO

from jupyter_stream.cli.progress_bar import progress_bar
from jupyter_stream.cli.terminal_line import TerminalLine
from jupyter_stream.kafka.local_broker import Progress

_MEGABYTE = 1_000_000


class ProgressLine:
    """Shows progress; a context manager, so that the line is finished however things end.

    Parameters
    ----------
    stream
        Where to show it; by default standard error.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._line = TerminalLine(self._stream)
        self._step = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._line.finish()

    def __call__(self, progress: Progress) -> None:
        """Show how far a step has come."""
        if progress.step != self._step:
            self._line.finish()
            self._step = progress.step
            if not self._is_terminal:
                print(progress.step, file=self._stream, flush=True)
        if self._is_terminal:
            self._line.draw(progress_text(progress))


def progress_text(progress: Progress) -> str:
    """Return one line that says how far a step has come."""
    if not progress.done:
        return progress.step
    if not progress.total:
        return f"{progress.step}: {_amount(progress.done, progress.unit)}"
    bar = progress_bar(progress.done, progress.total)
    return f"{progress.step} {bar} {_amount(progress.total, progress.unit)}"


def _amount(count: int, unit: str) -> str:
    return f"{count / _MEGABYTE:.0f} MB" if unit == "bytes" else f"{count} {unit}"
