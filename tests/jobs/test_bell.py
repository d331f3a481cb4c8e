"""Whoever waits hears of changes, in threads and in loops."""

from __future__ import annotations

import threading

from jupyter_stream.jobs.bell import Bell
from tests.waiting import run_to_end

DEADLINE = 30.0


def test_a_condition_that_holds_is_not_waited_for() -> None:
    bell = Bell()
    assert bell.wait_for(lambda: True, 0.0)
    assert run_to_end(bell.heard(lambda: True, 0.0))


def test_a_ring_is_heard_in_threads_and_in_loops() -> None:
    bell, there = Bell(), threading.Event()
    heard: list[bool] = []
    waiting = [
        threading.Thread(target=lambda: heard.append(bell.wait_for(there.is_set, DEADLINE))),
        threading.Thread(
            target=lambda: heard.append(run_to_end(bell.heard(there.is_set, DEADLINE)))
        ),
    ]
    for thread in waiting:
        thread.start()
    bell.ring()
    there.set()
    bell.ring()
    for thread in waiting:
        thread.join(DEADLINE)
    assert heard == [True, True]


def test_waiting_has_an_end() -> None:
    bell = Bell()
    assert not bell.wait_for(lambda: False, 0.01)
    assert not run_to_end(bell.heard(lambda: False, 0.01))


def test_a_loop_that_is_closed_hurts_nobody() -> None:
    bell = Bell()

    async def leave() -> None:
        await bell.heard(lambda: False, 0.01)

    run_to_end(leave())
    bell.ring()
