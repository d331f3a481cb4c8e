"""What one page is told of all jobs of this kernel, and what it asks for."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from jupyter_stream.jobs import registry
from jupyter_stream.kafka.connect import connected
from jupyter_stream.notebook.card import problem_list
from jupyter_stream.notebook.job_row import job_row
from jupyter_stream.notebook.view_requests import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.jobs.job import Job
    from jupyter_stream.notebook.link import Link

TELL_SECONDS = 1.0
# After a command its effect is looked for more often, for a moment.
QUICK_SECONDS = 0.1
QUICK_TIMES = 20
# Pages say a word three times a minute for as long as they show jobs.
ABANDONED_SECONDS = 90.0

logger = logging.getLogger("jupyter_stream.notebook")


class JobsChannel:
    """Tells a page of the jobs, whenever something has changed, until it closes or falls silent.

    Parameters
    ----------
    link
        The comm to the page.
    let_go
        Called when the page has fallen silent: it was left without a word, or is asleep.
    """

    def __init__(self, link: Link, let_go: Callable[[], None]) -> None:
        self._link = link
        self._let_go = let_go
        self._told: dict[str, Any] | None = None
        self._heard = time.monotonic()
        self._quick = 0
        self._bell = Event()
        self._closed = Event()
        self._thread = Thread(target=self._live, name="jupyter_stream jobs", daemon=True)

    def open(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def close(self) -> None:
        """Tell nothing more."""
        self._closed.set()
        self._bell.set()

    def receive(self, data: dict[str, Any]) -> None:
        """Do what the page asks for; a message of an unknown type is left alone.

        Parameters
        ----------
        data
            The message.
        """
        self._heard = time.monotonic()
        match data:
            case {"type": "alive"}:
                self._link.send({"type": "alive"})
            case {"type": "command", "id": str(name), "command": str(command)}:
                self._command(name, command)
            case {"type": "problems", "id": str(name)}:
                job = _job(name)
                problems = problem_list(job) if job else []
                self._link.send({"type": "problems", "id": name, "problems": problems})

    def tell_news(self) -> None:
        """Send the jobs if something has changed since they were sent last."""
        cluster = connected()
        news = {
            "type": "jobs",
            "jobs": [job_row(job) for job in registry.list_jobs()],
            "cluster": cluster
            and {"name": cluster.profile.name, "bootstrap": cluster.profile.bootstrap},
        }
        if news != self._told:
            self._told = news
            self._link.send(news)

    def _command(self, name: str, command: str) -> None:
        job = _job(name)
        if job and command in COMMANDS:
            COMMANDS[command](job)
            self._quick = QUICK_TIMES
            self._bell.set()

    def _live(self) -> None:
        try:
            while not self._closed.is_set() and not self._is_abandoned():
                self._bell.clear()
                self.tell_news()
                self._quick = max(0, self._quick - 1)
                self._bell.wait(QUICK_SECONDS if self._quick else TELL_SECONDS)
            if not self._closed.is_set():
                self._let_go()
        except Exception:
            logger.exception("the list of jobs is told no more")

    def _is_abandoned(self) -> bool:
        return time.monotonic() - self._heard > ABANDONED_SECONDS


def _job(name: str) -> Job | None:
    return next((job for job in registry.list_jobs() if job.id == name), None)
