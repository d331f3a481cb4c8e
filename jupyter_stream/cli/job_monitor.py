"""What a job is told of on the console while it runs."""

import time
from collections.abc import Callable

from jupyter_stream.cli.console import Console
from jupyter_stream.cli.problem_news import AGAIN_SECONDS, ProblemNews
from jupyter_stream.cli.progress_text import progress_text, progress_with_bar
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.state import JobState

STATUS_SECONDS = 60.0


class JobMonitor:
    """Tells of a job: its progress, what hinders it, and its problems.

    Parameters
    ----------
    job
        An upload or a download.
    console
        Where to tell. A terminal shows the progress all the time, a log once a minute.
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(
        self, job: Job, console: Console, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._job = job
        self._console = console
        self._clock = clock
        self._problems = ProblemNews(clock)
        self._hindrance: str | None = None
        self._told_at = 0.0
        self._status_due = clock() + STATUS_SECONDS

    def look(self) -> None:
        """Tell what is new."""
        self._tell_problems()
        self._tell_hindrance()
        if self._console.is_terminal:
            self._console.show(progress_with_bar(self._job.stats, self._console.width))
        elif self._clock() >= self._status_due:
            self._status_due += STATUS_SECONDS
            self._console.tell(f"{self._job.state}: {progress_text(self._job.stats)}")

    def finish(self) -> None:
        """Tell what was held back; for a job that has ended."""
        self._tell_problems(all_of_it=True)
        self._console.clear()

    def _tell_problems(self, *, all_of_it: bool = False) -> None:
        for text in self._problems.take(self._job.problems, all_of_it=all_of_it):
            self._console.tell(text)

    def _tell_hindrance(self) -> None:
        waits = self._job.state is JobState.WAITING
        hindrance = self._job.trouble or (self._job.reason if waits else None)
        if hindrance == self._hindrance:
            return
        # The client puts one and the same trouble in different words, again and again.
        changed_words = hindrance and self._hindrance
        if changed_words and self._clock() < self._told_at + AGAIN_SECONDS:
            return
        self._hindrance = hindrance
        self._told_at = self._clock()
        self._console.tell(f"waiting: {hindrance}" if hindrance else "it goes on")
