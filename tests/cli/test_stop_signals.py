"""Ctrl-C and SIGTERM: once in good order, again at once."""

from __future__ import annotations

import os
import signal

import pytest

from jupyter_stream.cli import stop_signals
from jupyter_stream.cli.stop_signals import StopSignals


def ask(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_same_wish_may_come_twice(number: signal.Signals) -> None:
    with StopSignals() as signals:
        assert not signals.asked
        ask(number)
        ask(number)
        ask(signal.SIGTERM)
        assert signals.asked


def test_a_later_one_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with StopSignals() as signals:
        ask(signal.SIGTERM)
        assert signals.asked
        monkeypatch.setattr(stop_signals, "_SAME_WISH_SECONDS", 0.0)
        with pytest.raises(KeyboardInterrupt):
            ask(signal.SIGINT)


def test_what_was_before_is_there_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with StopSignals():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
