"""When a view may be sent a frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.notebook.send_window import (
    BYTES_IN_FLIGHT,
    FRAMES_IN_FLIGHT,
    SILENT_AFTER_SECONDS,
    SLOW_BYTES_PER_SECOND,
    SendWindow,
)


def sent_over(window: SendWindow, size: int, start: float, end: float, step: float) -> int:
    """Offer frames all the time, and return how many the window let through."""
    sequence = sent = 0
    now = start
    while now < end:
        if window.is_open(now):
            sequence += 1
            sent += 1
            window.sent(sequence, size, now)
        now += step
    return sent


def test_two_frames_may_be_in_flight() -> None:
    assert sent_over(SendWindow(), 100, 0.0, 0.9, 0.01) == FRAMES_IN_FLIGHT


def test_large_frames_fill_the_window_by_their_bytes() -> None:
    assert sent_over(SendWindow(), BYTES_IN_FLIGHT, 0.0, 0.9, 0.01) == 1


def test_an_acknowledgement_counts_for_all_frames_before_it() -> None:
    window = SendWindow()
    for sequence in (1, 2):
        window.sent(sequence, 10, 0.0)
    assert not window.is_open(0.1)
    window.acknowledged(2, 0.1)
    assert window.is_open(0.1)
    assert sent_over(window, 10, 0.1, 0.9, 0.01) == FRAMES_IN_FLIGHT


def test_a_silent_view_is_probed_slowly() -> None:
    window = SendWindow()
    sent_over(window, 10, 0.0, 0.9, 0.01)
    assert 3 <= sent_over(window, 10, 1.01, 2.0, 0.01) <= 5


@given(st.integers(1, 4 * 2**20))
def test_a_silent_view_costs_little(size: int) -> None:
    window = SendWindow()
    sent_over(window, size, 0.0, 1.0, 0.05)
    probes = sent_over(window, size, 1.0, SILENT_AFTER_SECONDS, 0.05)
    assert (probes - 1) * size <= SLOW_BYTES_PER_SECOND * SILENT_AFTER_SECONDS


def test_after_a_long_silence_nothing_is_sent_until_the_view_is_back() -> None:
    window = SendWindow()
    window.sent(1, 10, 0.0)
    assert sent_over(window, 10, SILENT_AFTER_SECONDS, 600.0, 1.0) == 0
    window.reopen()
    assert window.is_open(600.0)


def test_a_view_that_acknowledges_everything_is_never_slowed() -> None:
    window = SendWindow()
    for sequence in range(1, 2000):
        now = sequence * 0.02
        assert window.is_open(now)
        window.sent(sequence, 10, now)
        window.acknowledged(sequence, now + 0.01)


def test_an_answer_is_awaited_until_all_is_acknowledged() -> None:
    window = SendWindow()
    assert window.silent_for(1.0) == 0.0
    window.sent(1, 10, 0.0)
    window.sent(2, 10, 0.0)
    window.acknowledged(1, 0.1)
    assert window.silent_for(1.1) == 1.0
    window.acknowledged(2, 0.2)
    assert window.silent_for(1.1) == 0.0
