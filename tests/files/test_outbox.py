"""Which files are sent when, with a clock of our own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.files.outbox import Outbox

if TYPE_CHECKING:
    from jupyter_stream.files.sending import Sending

A, B = Path("a"), Path("b")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(outbox: Outbox) -> Sending:
    sending = outbox.take()
    assert sending is not None
    return sending


def test_files_are_given_in_order_and_kept_until_they_are_removed() -> None:
    outbox = Outbox()
    outbox.add(A)
    outbox.add(B)
    first, second = taken(outbox), taken(outbox)
    assert (first.path, second.path) == (A, B)
    assert outbox.take() is None
    assert len(outbox) == 2
    outbox.remove(first)
    assert outbox.paths == [B]


def test_a_file_waits_longer_after_each_failure() -> None:
    clock = Clock()
    outbox = Outbox(clock)
    outbox.add(A)
    delays = []
    for _ in range(8):
        delays.append(outbox.put_back(taken(outbox)))
        clock.now += delays[-1] - 0.1
        assert outbox.take() is None
        clock.now += 0.1
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]
    assert taken(outbox).failures == 8


def test_a_new_version_is_sent_at_once_and_only_once() -> None:
    clock = Clock()
    outbox = Outbox(clock)
    outbox.add(A)
    outbox.put_back(taken(outbox))
    outbox.add(A)
    outbox.add(A)
    newest = taken(outbox)
    assert newest.failures == 0
    clock.now += 100
    assert outbox.take() is None


def test_the_end_of_a_former_version_leaves_the_newer_one_alone() -> None:
    outbox = Outbox()
    outbox.add(A)
    former = taken(outbox)
    outbox.add(A)
    outbox.remove(former)
    assert former not in outbox
    assert taken(outbox).path == A
