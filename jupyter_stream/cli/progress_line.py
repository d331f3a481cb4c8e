"""Progress on a terminal: one line that is drawn anew; elsewhere: one line per step."""

import sys
from types import TracebackType
from typing import Self, TextIO

from jupyter_stream.kafka.local_broker import Progress

_BAR_WIDTH = 30
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
        self._step = ""
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._finish_line()

    def __call__(self, progress: Progress) -> None:
        """Show how far a step has come."""
        if progress.step != self._step:
            self._finish_line()
            self._step = progress.step
            if not self._is_terminal:
                print(progress.step, file=self._stream, flush=True)
        if self._is_terminal:
            self._draw(progress_text(progress))

    def _draw(self, text: str) -> None:
        print(f"\r{text:<{self._width}}", end="", file=self._stream, flush=True)
        self._width = len(text)

    def _finish_line(self) -> None:
        if self._width:
            print(file=self._stream)
            self._width = 0


def progress_text(progress: Progress) -> str:
    """Return one line that says how far a step has come."""
    if not progress.done:
        return progress.step
    if not progress.total:
        return f"{progress.step}: {_amount(progress.done, progress.unit)}"
    filled = _BAR_WIDTH * progress.done // progress.total
    bar = "#" * filled + "." * (_BAR_WIDTH - filled)
    return f"{progress.step} [{bar}] {_amount(progress.total, progress.unit)}"


def _amount(count: int, unit: str) -> str:
    return f"{count / _MEGABYTE:.0f} MB" if unit == "bytes" else f"{count} {unit}"
