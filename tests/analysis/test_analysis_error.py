"""Errors are kept with their items, but without what their frames hold, and within a limit."""

from __future__ import annotations

import threading
from typing import Any

from jupyter_stream.analysis.analysis_error import AnalysisError, RecentErrors
from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.files.receiving.memory_sink import HeldContent
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.kafka.record import Record

SOON = 5.0


def received(value: bytes) -> ReceivedRecord:
    return ReceivedRecord(Record("topic", 0, 0, None, None, value))


def added(error: BaseException, errors: RecentErrors | None = None) -> Any:
    """Add an error in a thread of its own, since that may take for ever."""
    errors = errors or RecentErrors()
    thread = threading.Thread(target=errors.add, args=(received(b"1"), error), daemon=True)
    thread.start()
    thread.join(SOON)
    assert not thread.is_alive()
    return errors.newest_last()[-1]


def raised(*errors: BaseException) -> BaseException:
    """Raise errors, each because of the one before."""
    before: BaseException | None = None
    for error in errors:
        try:
            raise error from before  # noqa: TRY301 - to be caught again
        except BaseException as caught:  # noqa: BLE001 - it is asked for
            before = caught
    return errors[-1]


def test_the_text_form_is_short() -> None:
    content = HeldContent(memoryview(b"12345678"))
    file = ReceivedFile("run/a.dat", 8, "ab" * 64, None, "topic", 1, 7, content)
    error = AnalysisError(file, ValueError("x" * 5000), "", 0.0)
    assert repr(error).startswith(
        "<AnalysisError <ReceivedFile 'run/a.dat': 8 bytes, topic [1] 7>: ValueError: xxx"
    )
    assert len(repr(error)) < 400


def test_errors_that_are_their_own_cause_are_taken() -> None:
    error = ValueError("round")
    added(raised(error, error))
    first, second = ValueError("one"), ValueError("two")
    raised(first, second)
    first.__context__ = second
    added(second)
    assert [it.__traceback__ for it in (error, first, second)] == [None] * 3


def test_no_frame_is_kept_in_causes_contexts_and_groups() -> None:
    cause, context, inner = ValueError("cause"), ValueError("context"), ValueError("inner")
    for error in (cause, context, inner):
        raised(error)
    group = ExceptionGroup("several", [inner])
    group.__cause__, group.__context__ = cause, context
    added(group)
    assert [it.__traceback__ for it in (cause, context, inner)] == [None] * 3


def test_an_error_keeps_the_record_but_not_what_was_decoded_of_it() -> None:
    record = received(b"[1, 2]")
    decoded = record.value
    RecentErrors().add(record, ValueError("odd"))
    assert record.value == decoded
    assert record.value is not decoded


def test_long_texts_are_cut_and_count() -> None:
    errors = RecentErrors()
    failed = added(ValueError("begin" + "x" * 10_000_000 + "end"), errors)
    assert len(failed.traceback) < 30_000
    assert "ValueError: begin" in failed.traceback
    assert failed.traceback.endswith("end\n")
    for _ in range(9):
        added(ValueError("x" * 10_000_000), errors)
    assert len(errors.newest_last()) == 6
