"""Waiting for results: in a script, in a running event loop as in a cell, and with `async for`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.analysis.records import DEADLINE, write_json
from tests.spectra import upload_spectra
from tests.waiting import run_to_end

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from jupyter_stream.testing.kafka import MakeTopic

IN_A_LOOP = """
import asyncio, sys
import jupyter_stream as js

async def cell():
    ticks = 0
    async def tick():
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)
    ticking = asyncio.ensure_future(tick())
    await asyncio.sleep(0)
    cluster = js.connect(sys.argv[1])
    with js.watch(sys.argv[2], plot=None, cluster=cluster) as watch:
        assert watch.wait(30, n=3), watch.stats
        before = ticks
        assert not watch.wait(0.5, n=4)
        assert ticks > before + 10, "the loop stood still"
        assert not watch.wait_for_files(1, 0.1)
        assert not watch.wait(0.1)
        watch.ask_to_stop()
        assert watch.wait(30)
    ticking.cancel()
    print(watch.latest, watch.state)

asyncio.run(cell())
"""


def test_wait_says_whether_so_many_results_came(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    with js.watch(topic, plot=None, cluster=cluster) as watch:
        assert not watch.wait(0.1, n=1)
        write_json(cluster, topic, 1, 2)
        assert watch.wait(DEADLINE, n=2)
        assert watch.wait(0, n=1)
        assert not watch.wait(0.1)
    assert watch.wait(0.1)
    assert not watch.wait(None, n=3)


def test_waiting_ends_when_the_watch_does(cluster: js.Cluster, kafka_topic: MakeTopic) -> None:
    with js.watch(kafka_topic(), cluster=cluster) as watch:
        threading.Timer(0.2, watch.ask_to_stop).start()
        assert not watch.wait(DEADLINE, n=1)
        assert watch.wait(DEADLINE)


def test_a_running_loop_goes_on_while_a_cell_waits(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_json(cluster, topic, 1, 2, 3)
    # A process of its own, because a loop within a loop changes asyncio for good.
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_A_LOOP, cluster.bootstrap, topic],
        capture_output=True,
        text=True,
        timeout=DEADLINE * 2,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "3 finished\n"), run.stderr


def test_async_for_goes_through_all_results_until_the_watch_ends(
    cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    write_json(cluster, topic, *range(5))

    async def collect(watch: js.Watch) -> list[int]:
        found = []
        async for result in watch:
            found.append(result.value)
            if len(found) == 5:
                await asyncio.to_thread(write_json, cluster, topic, 5, 6)
            if len(found) == 7:
                watch.ask_to_stop()
        return found

    with js.watch(topic, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=3)
        assert run_to_end(asyncio.wait_for(collect(watch), DEADLINE)) == list(range(7))


def test_results_that_passed_by_a_slow_async_for_are_told(
    cluster: js.Cluster, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.analysis.harvest.RESULTS_KEPT", 3)
    topic = kafka_topic()
    write_json(cluster, topic, *range(5))

    async def collect(watch: js.Watch) -> list[int]:
        found: list[int] = []
        async for result in watch:
            if not found:
                await asyncio.to_thread(write_json, cluster, topic, *range(5, 10))
                await asyncio.to_thread(watch.wait, DEADLINE, n=10)
                watch.ask_to_stop()
            found.append(result.value)
        return found

    with js.watch(topic, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=5)
        assert [result.value for result in watch.results] == [2, 3, 4]
        found = run_to_end(asyncio.wait_for(collect(watch), DEADLINE))
    assert found == [2, 3, 4, 7, 8, 9]
    assert watch.problems[0].detail == "an `async for` was too slow for 2 results"


def test_a_released_watch_holds_nothing(
    cluster: js.Cluster, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 1)
    write_json(cluster, topic, 1)
    with js.watch(topic, apply=lambda item: item.value, plot=None, cluster=cluster) as watch:
        assert watch.wait(DEADLINE, n=1)
        assert watch.wait_for_files(1, DEADLINE)
    assert (len(watch.results), len(watch.files), len(watch.errors)) == (1, 1, 1)
    watch.release()
    assert (watch.results, watch.files, watch.errors, watch.latest) == ((), (), (), None)
    assert watch.stats.results == 1
