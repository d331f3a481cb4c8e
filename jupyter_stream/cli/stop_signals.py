"""Ctrl-C and SIGTERM as a wish to end in good order."""

import signal
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopSignals:
    """Notes, as a context manager, that the process is asked to end; asked again, it ends at once.

    `asked` says whether it was.
    """

    def __init__(self) -> None:
        self.asked = False

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
        if self.asked:
            signal.default_int_handler(number, frame)
        self.asked = True
