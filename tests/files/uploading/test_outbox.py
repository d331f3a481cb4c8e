"""Which files are sent when, with a clock of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.files.stamp import FileState
from jupyter_stream.files.uploading.outbox import Outbox

if TYPE_CHECKING:
    from jupyter_stream.files.uploading.sending import Sending

A, B = "a", "b"
STATE = FileState(1, 2)


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
    outbox.add(A, STATE)
    outbox.add(B, STATE)
    first, second = taken(outbox), taken(outbox)
    assert (first.path, second.path) == (A, B)
    assert outbox.take() is None
    assert len(outbox) == 2
    outbox.remove(first)
    assert outbox.paths == [B]


def test_a_file_waits_longer_after_each_failure() -> None:
    clock = Clock()
    outbox = Outbox(clock)
    outbox.add(A, STATE)
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
    outbox.add(A, STATE)
    outbox.put_back(taken(outbox))
    outbox.add(A, STATE)
    outbox.add(A, STATE)
    newest = taken(outbox)
    assert newest.failures == 0
    clock.now += 100
    assert outbox.take() is None


def test_the_end_of_a_former_version_leaves_the_newer_one_alone() -> None:
    outbox = Outbox()
    outbox.add(A, STATE)
    former = taken(outbox)
    outbox.add(A, STATE)
    outbox.remove(former)
    assert former not in outbox
    assert taken(outbox).path == A


def test_a_file_can_be_sent_again_at_once_and_before_the_others() -> None:
    outbox = Outbox()
    outbox.add(A, STATE)
    outbox.add(B, STATE)
    outbox.send_again(taken(outbox))
    again = taken(outbox)
    assert (again.path, again.failures, again.state) == (A, 0, STATE)


def test_a_new_version_gives_back_the_one_whose_place_it_takes() -> None:
    outbox = Outbox()
    assert outbox.add(A, STATE) is None
    former = outbox.add(A, FileState(2, 2))
    assert former is not None
    assert former.state == STATE
