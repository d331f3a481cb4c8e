"""The thread of an analysis outlives whatever results do, and is left when they block."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from jupyter_stream.analysis.analysis import Analysis, Stuck
from jupyter_stream.analysis.harvest import Harvest
from jupyter_stream.analysis.inbox import Inbox
from jupyter_stream.analysis.plotting import Plotting
from jupyter_stream.analysis.read_item import as_it_is
from jupyter_stream.analysis.worker import Worker
from jupyter_stream.jobs.bell import Bell
from jupyter_stream.jobs.problems import Problems
from jupyter_stream.kafka.record import Record
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyter_stream.analysis.result import Result

SOON = 5.0


class Exiting:
    """A result that ends the thread that looks at it."""

    def __array__(self, *_: Any) -> Any:
        raise SystemExit("the result wants to go")


class Blocking:
    """A result that holds up the thread that looks at it."""

    def __init__(self, released: Event) -> None:
        self._released = released

    def __array__(self, *_: Any) -> Any:
        self._released.wait()
        return np.arange(3.0)


class Failing(Plotting):
    """A plot that is broken for the first results."""

    def take(self, results: Any) -> list[tuple[int, BaseException]]:
        if results[0].offset == 0:
            raise LookupError("nobody foresaw this")
        return super().take(results)


@pytest.fixture
def released() -> Iterator[Event]:
    """What lets blocking results go on, at the latest when the test is over."""
    event = Event()
    yield event
    event.set()


def record(offset: int) -> Record:
    return Record("topic", 0, offset, None, None, b"%d" % offset)


def harvest_of(plotting: Plotting) -> Harvest:
    return Harvest(plotting, Problems(), Bell())


def spectra() -> Plotting:
    return Plotting("spectrum", "topic", 5)


def begun(harvest: Harvest, function: Callable[[Any], Any], *numbers: int) -> Analysis:
    inbox = Inbox()
    for offset in numbers:
        inbox.put([record(offset)], 1)
    analysis = Analysis(inbox, function, harvest)
    analysis.start()
    return analysis


def offsets(results: tuple[Result, ...]) -> list[int]:
    return [result.offset for result in results]


def test_a_result_that_wants_to_exit_ends_nothing() -> None:
    harvest = harvest_of(spectra())
    analysis = begun(harvest, lambda it: [1.0, 2.0] if it.offset else Exiting(), 0, 1)
    wait_until(lambda: 1 in offsets(harvest.results.newest_last()), "the next result")
    (failed,) = harvest.errors.newest_last()
    assert (failed.item.offset, type(failed.error)) == (0, SystemExit)
    assert harvest.tally.errors == 1
    assert analysis.stop() is None


def test_an_error_of_ours_is_told_for_each_record_and_the_next_ones_come() -> None:
    harvest = harvest_of(Failing("series", "topic", 5))
    analysis = begun(harvest, as_it_is, 0, 1)
    wait_until(lambda: 1 in offsets(harvest.results.newest_last()), "the next result")
    (failed,) = harvest.errors.newest_last()
    assert (failed.item.offset, str(failed.error)) == (0, "nobody foresaw this")
    assert analysis.stop() is None


@pytest.mark.parametrize("function_blocks", [False, True], ids=["result", "function after it"])
def test_a_result_that_blocks_is_told_and_left(released: Event, function_blocks: bool) -> None:
    harvest = harvest_of(spectra())

    def function(item: Any) -> Any:
        if item.offset and function_blocks:
            released.wait()
        return Blocking(released)

    inbox = Inbox()
    inbox.put([record(0), record(1)], 2)
    analysis = Analysis(inbox, function, harvest)
    analysis.start()
    wait_until(lambda: harvest.results.total > 0 or bool(analysis.attend()), "the first result")
    begin = time.monotonic()
    analysis.attend()
    assert isinstance(analysis.stop(), Stuck)
    assert time.monotonic() - begin < SOON


def test_a_function_whose_results_block_is_replaced(released: Event) -> None:
    harvest = harvest_of(spectra())
    analysis = begun(harvest, lambda _: Blocking(released), 0, 1)
    wait_until(lambda: harvest.results.total > 0, "the first result")
    analysis.replace(lambda _: [1.0, 2.0])
    wait_until(lambda: analysis.attend() is not None, "the old one is left")
    wait_until(lambda: 1 in offsets(harvest.results.newest_last()), "a result of the new one")
    assert analysis.stop() is None


def test_a_resume_while_a_function_is_replaced_is_not_lost(
    released: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    harvest = harvest_of(spectra())
    called = Event()

    def stuck(_: Any) -> None:
        called.set()
        released.wait()

    analysis = begun(harvest, stuck, 0)
    assert called.wait(SOON)
    analysis.pause()
    resuming = Thread(target=analysis.resume)
    pause = Worker.pause

    def pause_late(worker: Worker) -> None:
        # The resume comes now, or waits until the new worker is in its place.
        resuming.start()
        resuming.join(0.2)
        pause(worker)

    monkeypatch.setattr(Worker, "pause", pause_late)
    analysis.replace(lambda _: [1.0, 2.0])
    wait_until(lambda: analysis.attend() is not None, "the old one is left")
    wait_until(lambda: offsets(harvest.results.newest_last()) == [0], "a result of the new one")
    resuming.join(SOON)
    assert analysis.stop() is None
