"""What is told of a job: in a log once a minute, and when something changes."""

import io
from dataclasses import replace

from jupyter_stream.cli.console import Console
from jupyter_stream.cli.job_monitor import STATUS_SECONDS, JobMonitor
from jupyter_stream.cli.problem_news import AGAIN_SECONDS
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState
from tests.cli.test_problem_news import _Clock


class _Transfer(Job):
    """A job that is in whatever condition the test wants."""

    def __init__(self) -> None:
        super().__init__("transfer")
        self._enter(JobState.RUNNING)

    def _run(self) -> None:
        raise NotImplementedError

    def become(self, state: JobState, reason: str | None = None) -> None:
        self._enter(state, reason)

    def have(self, *, files: int = 0, trouble: str | None = None) -> None:
        self._publish(replace(self.stats, files=files), trouble)

    def suffer(self, title: str, detail: str) -> None:
        self._problems.add(title, detail)


class _Log:
    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.console = Console(self._stream)

    @property
    def lines(self) -> list[str]:
        """What was told since the last look, without the times."""
        text = self._stream.getvalue()
        self._stream.seek(0)
        self._stream.truncate()
        return [line.partition(" ")[2] for line in text.splitlines()]


def test_a_log_gets_the_progress_once_a_minute() -> None:
    job, log, clock = _Transfer(), _Log(), _Clock()
    monitor = JobMonitor(job, log.console, clock)
    monitor.look()
    assert log.lines == []
    job.have(files=3)
    clock.now = STATUS_SECONDS
    monitor.look()
    monitor.look()
    assert log.lines == ["running: 3 files, 0 B"]
    clock.now = 2 * STATUS_SECONDS
    monitor.look()
    assert log.lines == ["running: 3 files, 0 B"], "a sign of life, also when nothing happens"


def test_trouble_and_its_end_are_told_once() -> None:
    job, log = _Transfer(), _Log()
    monitor = JobMonitor(job, log.console)
    job.have(trouble="no answer from kafka.lab:9092")
    monitor.look()
    monitor.look()
    assert log.lines == ["waiting: no answer from kafka.lab:9092"]
    job.have()
    monitor.look()
    assert log.lines == ["it goes on"]


def test_trouble_in_other_words_is_told_once_a_minute() -> None:
    job, log, clock = _Transfer(), _Log(), _Clock()
    monitor = JobMonitor(job, log.console, clock)
    for words in ("refused", "timed out", "refused", "timed out"):
        job.have(trouble=words)
        monitor.look()
    assert log.lines == ["waiting: refused"]
    clock.now = AGAIN_SECONDS
    monitor.look()
    assert log.lines == ["waiting: timed out", "running: 0 files, 0 B"]
    job.have()
    monitor.look()
    assert log.lines == ["it goes on"]


def test_why_a_job_waits_is_told() -> None:
    job, log = _Transfer(), _Log()
    monitor = JobMonitor(job, log.console)
    job.become(JobState.WAITING, "there is no topic 'spectra'")
    monitor.look()
    job.become(JobState.RUNNING)
    monitor.look()
    assert log.lines == ["waiting: there is no topic 'spectra'", "it goes on"]


def test_problems_are_told_and_none_is_held_back_at_the_end() -> None:
    job, log = _Transfer(), _Log()
    monitor = JobMonitor(job, log.console)
    job.suffer("no right", "a.dat")
    monitor.look()
    job.suffer("no right", "b.dat")
    monitor.look()
    assert log.lines == ["problem: no right: a.dat"]
    monitor.finish()
    assert log.lines == ["problem: 1 more of 2: no right: b.dat"]
