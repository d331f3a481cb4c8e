"""Threads that keep nobody from ending."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from threading import Event, active_count

import pytest

from jupyter_stream.server.clusters.threads import Threads
from jupyter_stream.server.clusters.workers import Workers
from jupyter_stream.server.refusal import Refusal
from tests.waiting import run_to_end, wait_until

PROGRAM = """
from threading import Event
from jupyter_stream.server.clusters.threads import Threads
Threads(1, "stuck").submit(Event().wait)
"""


def test_answers_and_errors_come_back() -> None:
    threads = Threads(2, "test")
    assert threads.submit(lambda: 5).result(20) == 5
    with pytest.raises(ZeroDivisionError):
        threads.submit(lambda: 1 // 0).result(20)
    threads.close()


def test_only_so_many_threads_begin_and_all_end() -> None:
    before = active_count()
    threads = Threads(3, "test")
    go_on = Event()
    waiting = [threads.submit(go_on.wait) for _ in range(10)]
    wait_until(lambda: sum(one.running() for one in waiting) == 3, "the threads")
    assert active_count() == before + 3
    threads.close()
    assert sum(one.cancelled() for one in waiting) == 7
    assert threads.submit(go_on.wait).cancelled()
    go_on.set()
    wait_until(lambda: active_count() == before, "the end of the threads")


def test_a_thread_is_used_again() -> None:
    before = active_count()
    threads = Threads(8, "test")
    for _ in range(50):
        threads.submit(lambda: None).result(20)
    assert active_count() <= before + 2
    threads.close()


def test_a_stuck_thread_does_not_keep_a_program_from_ending() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)


def test_too_many_who_wait_are_refused() -> None:
    async def crowd() -> None:
        workers = Workers("lab", 1, 1)
        go_on = Event()
        waiting = [asyncio.create_task(workers.run(go_on.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Refusal, match="too many"):
            await workers.run(go_on.wait)
        go_on.set()
        assert await asyncio.gather(*waiting) == [True, True]
        assert await workers.run(lambda: 1) == 1
        workers.close()

    run_to_end(crowd())
