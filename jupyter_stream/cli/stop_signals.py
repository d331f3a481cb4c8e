"""Ctrl-C and SIGTERM as a wish to end in good order."""

import signal
import time
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Who ends a whole group of processes, such as `timeout`, often sends the same wish twice.
_SAME_WISH_SECONDS = 0.5


class StopSignals:
    """Notes, as a context manager, that the process is asked to end; asked again, it ends at once.

    `asked` says whether it was.
    """

    def __init__(self) -> None:
        self.asked = False
        self._asked_at = 0.0

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        # Nothing but this: a handler runs between any two steps of the program.
        now = time.monotonic()
        if self.asked and now - self._asked_at >= _SAME_WISH_SECONDS:
            signal.default_int_handler(number, frame)
        if not self.asked:
            self._asked_at = now
            self.asked = True
