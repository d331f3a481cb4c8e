"""What could not be analysed, with the reason."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.analysis.memory_size import size_of
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.analysis.recent import Recent
from jupyter_stream.errors import StreamError
from jupyter_stream.plots.short_text import shortened

if TYPE_CHECKING:
    from jupyter_stream.analysis.result import Item

COUNT_LIMIT = 100
BYTE_LIMIT = 64 * 2**20
# Of a longer text, the begin and the end are kept.
TEXT_LIMIT = 20_000
# Of the text of an exception, where many are listed.
TOLD = 200


@dataclass(frozen=True, slots=True)
class AnalysisError:
    """A file or record whose analysis failed.

    Attributes
    ----------
    item
        The file or record, to look at or to try again with.
    error
        The exception.
    traceback
        Where it was raised, as text; only its message if it is an error of ours.
    time
        When it happened, in epoch seconds.
    """

    item: Item
    error: BaseException
    traceback: str
    time: float

    def __repr__(self) -> str:
        told = shortened(str(self.error), TOLD)
        return f"<AnalysisError {self.item!r}: {type(self.error).__name__}: {told}>"


class RecentErrors(Recent[AnalysisError]):
    """Keeps the newest errors with their items, within a limit."""

    def __init__(self) -> None:
        super().__init__(COUNT_LIMIT, BYTE_LIMIT)

    def add(self, item: Item, error: BaseException) -> AnalysisError:
        """Keep an error, let the oldest go where there are too many, and return it.

        Parameters
        ----------
        item
            What was analysed.
        error
            What was raised.
        """
        failed = AnalysisError(item, error, _told(error), time.time())
        _forget_frames(error)
        if isinstance(item, ReceivedRecord):
            item.forget()
        self.extend([(failed, size_of(item) + size_of(error.args) + len(failed.traceback))])
        return failed


def _told(error: BaseException) -> str:
    if isinstance(error, StreamError):
        return _cut(str(error))
    # The first frame is ours and tells the user nothing.
    trace = error.__traceback__ and error.__traceback__.tb_next
    return _cut("".join(traceback.format_exception(type(error), error, trace)))


def _cut(text: str) -> str:
    half = TEXT_LIMIT // 2
    return text if len(text) <= TEXT_LIMIT else f"{text[:half]}\n[...]\n{text[-half:]}"


def _forget_frames(error: BaseException | None) -> None:
    """Let go of the frames, which hold whatever the user's function had in its variables."""
    seen: set[int] = set()
    left = [error]
    while left:
        one = left.pop()
        # `raise error from error` makes a circle.
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = None
        left += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            left += one.exceptions
