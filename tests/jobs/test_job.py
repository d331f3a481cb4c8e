"""The life of a job."""

from __future__ import annotations

import asyncio
import threading
from threading import Event
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import JobFailed, WriteFailed
from jupyter_stream.jobs import registry
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState
from jupyter_stream.jobs.stats import JobStats
from tests.waiting import run_to_end

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 10.0


class Counting(Job):
    """Counts as fast as it may."""

    def __init__(self) -> None:
        super().__init__("count")
        self.count = 0
        self.counted = Event()
        self.attended = Event()

    def _run(self) -> None:
        self._enter(JobState.RUNNING)
        while self._goes_on():
            self.count += 1
            self._publish(JobStats(records=self.count, records_per_second=1000.0))
            self.counted.set()
            self._idle(0.001)

    def _attend(self) -> None:
        self.attended.set()


class Raising(Job):
    """Ends with an exception."""

    def __init__(self, error: BaseException) -> None:
        super().__init__("raise")
        self._error = error

    def _run(self) -> None:
        raise self._error


class Stubborn(Job):
    """Goes on until it may end, whatever it is asked."""

    def __init__(self) -> None:
        super().__init__("go on")
        self.may_end = Event()

    def _run(self) -> None:
        self._enter(JobState.RUNNING)
        self.may_end.wait(DEADLINE)


def threads_of(job: Job) -> list[str]:
    return [thread.name for thread in threading.enumerate() if job.id in thread.name.split()]


def state_of(job: Job) -> JobState:
    return job.state


def counted_again(job: Counting) -> bool:
    job.counted.clear()
    return job.counted.wait(DEADLINE)


def test_a_job_runs_until_it_is_stopped() -> None:
    job = Counting().start()
    assert counted_again(job)
    assert state_of(job) == JobState.RUNNING
    assert threads_of(job)
    job.stop()
    assert state_of(job) == JobState.FINISHED
    assert threads_of(job) == []


def test_stopping_again_does_nothing() -> None:
    job = Counting().start()
    job.stop()
    job.stop()
    assert state_of(job) == JobState.FINISHED


def test_a_paused_job_rests_and_goes_on() -> None:
    with Counting().start() as job:
        assert counted_again(job)
        job.pause()
        while state_of(job) != JobState.PAUSED:
            assert not job.wait(0.001)
        count = job.count
        assert not job.wait(0.05)
        assert job.count == count
        job.resume()
        assert counted_again(job)
        assert state_of(job) == JobState.RUNNING


def test_a_paused_job_looks_after_what_must_not_rest() -> None:
    with Counting().start() as job:
        assert counted_again(job)
        assert not job.attended.is_set()
        job.pause()
        assert job.attended.wait(DEADLINE)
        assert state_of(job) == JobState.PAUSED


def test_a_paused_job_can_be_stopped() -> None:
    job = Counting().start()
    job.pause()
    job.stop()
    assert state_of(job) == JobState.FINISHED


def test_our_own_error_fails_the_job_with_its_text() -> None:
    job = Raising(WriteFailed("the record is too large")).start()
    assert job.wait(DEADLINE)
    assert (job.state, job.reason) == (JobState.FAILED, "the record is too large")
    with pytest.raises(JobFailed, match="the record is too large"):
        job.raise_if_failed()


def test_an_unexpected_error_is_kept_with_its_traceback() -> None:
    job = Raising(ZeroDivisionError("by zero")).start()
    assert job.wait(DEADLINE)
    assert state_of(job) == JobState.FAILED
    assert "ZeroDivisionError: by zero" in job.problems[0].title
    assert "raise self._error" in job.problems[0].detail


def test_the_version_grows_with_the_state() -> None:
    job = Counting()
    before = job.version
    job.start().stop()
    assert job.version > before


def test_stop_all_leaves_no_job_running() -> None:
    jobs = [Counting().start() for _ in range(3)]
    stopped = registry.stop_all()
    assert set(jobs) <= set(stopped)
    assert registry.running() == ()
    assert not any(threads_of(job) for job in jobs)


def test_only_the_newest_ended_jobs_stay_known() -> None:
    for _ in range(registry.ENDED_KEPT + 5):
        Counting().start().stop()
    last = Counting().start()
    assert len(registry.list_jobs()) == registry.ENDED_KEPT + 1
    assert registry.list_jobs()[-1] is last
    last.stop()


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_whatever_is_raised_ends_the_job(error: BaseException) -> None:
    job = Raising(error).start()
    assert job.wait(DEADLINE)
    assert state_of(job) == JobState.FAILED
    assert type(error).__name__ in job.problems[0].title


def test_a_stop_that_was_interrupted_can_be_repeated() -> None:
    job = Stubborn().start()
    job.stop(timeout=0.01)
    assert state_of(job) == JobState.RUNNING
    assert not job.wait(0.01)
    job.may_end.set()
    job.stop()
    assert state_of(job) == JobState.FINISHED


def test_a_job_that_rests_has_no_rates() -> None:
    with Counting().start() as job:
        assert counted_again(job)
        assert job.stats.records_per_second > 0
        job.pause()
        while state_of(job) != JobState.PAUSED:
            assert not job.wait(0.001)
        assert job.stats.records_per_second == 0
    assert job.stats.records_per_second == 0


def test_stopping_several_takes_no_longer_than_the_time_allowed() -> None:
    jobs = (Stubborn().start(), Stubborn().start())
    registry.stop(jobs, timeout=0.02)
    assert [state_of(job) for job in jobs] == [JobState.RUNNING] * 2
    for job in jobs:
        job.may_end.set()
    registry.stop(jobs)
    assert [state_of(job) for job in jobs] == [JobState.FINISHED] * 2


def test_an_ended_job_has_no_trouble_any_more() -> None:
    with Counting().start() as job:
        assert counted_again(job)
        job.pause()
        while state_of(job) != JobState.PAUSED:
            assert not job.wait(0.001)
        job._publish(job.stats, "no answer")
    assert job.trouble is None


def test_whoever_waits_hears_of_numbers_of_a_wish_to_stop_and_of_the_end() -> None:
    counting, stubborn = Counting(), Stubborn()

    async def hear(job: Job, holds: Callable[[], bool], act: Callable[[], object]) -> None:
        waiting = asyncio.create_task(job._bell.heard(holds, None))
        await asyncio.sleep(0)
        act()
        # Before a stubborn one ends by itself.
        await asyncio.wait_for(waiting, DEADLINE / 2)

    run_to_end(hear(counting, lambda: counting.stats.records > 1, counting.start))
    run_to_end(hear(counting, lambda: counting.state.ended, counting.ask_to_stop))
    run_to_end(hear(stubborn, stubborn._stopping.is_set, stubborn.start().ask_to_stop))
    stubborn.may_end.set()
    for job in (counting, stubborn):
        job.stop()
