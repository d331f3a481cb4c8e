"""A background job: one thread that owns it, a lifecycle, numbers and problems."""

from __future__ import annotations

import itertools
import traceback
from abc import ABC, abstractmethod
from threading import Event, Thread, current_thread
from typing import TYPE_CHECKING, Self

from jupyter_stream.errors import JobFailed, StreamError
from jupyter_stream.jobs import registry
from jupyter_stream.jobs.bell import Bell
from jupyter_stream.jobs.problems import Problem, Problems
from jupyter_stream.jobs.state import JobState
from jupyter_stream.jobs.stats import JobStats

if TYPE_CHECKING:
    from types import TracebackType

IDLE_SECONDS = 0.1

_numbers = itertools.count(1)


class Job(ABC):
    """Something that runs in the background until it is stopped or done.

    A subclass implements `_run`, which is the life of the owner thread. Only that thread
    changes the job; whoever shows the job pulls `state`, `stats` and `problems`, and sees
    by `version` whether anything changed.

    Parameters
    ----------
    name
        What the job does, in a few words.
    parent
        The job that this one is a part of: it starts and stops this one, and tells its problems.
    """

    def __init__(self, name: str, parent: Job | None = None) -> None:
        self.id: str = f"{parent.id}: {name}" if parent else f"job-{next(_numbers)}"
        self._is_listed = parent is None
        self.name = name
        self.version = 0
        self._state = JobState.STARTING
        self._reason: str | None = None
        self._trouble: str | None = None
        self._stats = JobStats()
        self._problems: Problems = parent._problems if parent else Problems()  # noqa: SLF001
        # Rung whenever the state or the numbers have changed, or the job is to stop.
        self._bell = Bell()
        self._stopping = Event()
        self._unpaused = Event()
        self._unpaused.set()
        self._ended = Event()
        self._thread = Thread(target=self._live, name=f"jupyter_stream {self.id}", daemon=True)

    def __repr__(self) -> str:
        files = f"{self.stats.files} file{'' if self.stats.files == 1 else 's'}"
        return f"<{type(self).__name__} {self.id} {self.name!r}: {self.state}, {files}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def state(self) -> JobState:
        """Where the job is in its life."""
        return self._state

    @property
    def reason(self) -> str | None:
        """Why the job waits or failed; None otherwise."""
        return self._reason

    @property
    def trouble(self) -> str | None:
        """What hinders the job at the moment, and will be recovered from; None otherwise."""
        return self._trouble

    @property
    def stats(self) -> JobStats:
        """The job's numbers."""
        return self._stats

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong so far, the newest first."""
        return self._problems.newest_first()

    def start(self) -> Self:
        """Start the job's thread, and return the job."""
        if self._is_listed:
            registry.add(self)
        self._thread.start()
        return self

    def pause(self) -> None:
        """Take nothing more in until `resume`; what is under way is finished."""
        self._unpaused.clear()

    def resume(self) -> None:
        """Go on after `pause`, where the job was."""
        self._unpaused.set()

    def ask_to_stop(self) -> None:
        """Let the job end soon, without waiting for it."""
        self._stopping.set()
        self._unpaused.set()
        self._bell.ring()

    def stop(self, timeout: float | None = None) -> None:
        """End the job, and return when its thread is gone; stopping again does nothing.

        Parameters
        ----------
        timeout
            Seconds to wait at most for the thread; None waits until it has ended.
        """
        self.ask_to_stop()
        if self._thread.ident is not None and self._thread is not current_thread():
            self._await_end(timeout)

    def release(self) -> None:  # noqa: B027 - most jobs hold nothing
        """Let go of what takes memory; for a job that has ended and was replaced by another."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job has ended.

        Parameters
        ----------
        timeout
            Seconds to wait at most; None waits without limit.

        Returns
        -------
        bool
            Whether the job has ended.
        """
        return self._await_end(timeout)

    def raise_if_failed(self) -> None:
        """Raise the reason if the job has failed.

        Raises
        ------
        JobFailed
            The job has failed.
        """
        if self._state is JobState.FAILED:
            raise JobFailed(f"{self.name}: {self._reason}")

    @abstractmethod
    def _run(self) -> None:
        """Do the job's work until it is done, or `_goes_on` says no."""

    def _await_end(self, timeout: float | None) -> bool:
        # Not Thread.join: interrupted by Ctrl-C, it takes the thread for ended ever after.
        if self._ended.wait(timeout):
            self._thread.join()
        return self._ended.is_set()

    def _live(self) -> None:
        try:
            self._run()
        except StreamError as error:
            self._problems.add(str(error), "The job has ended.")
            self._enter(JobState.FAILED, str(error))
        except BaseException as error:  # noqa: BLE001 - a thread has no caller to tell
            self._problems.add(f"{type(error).__name__}: {error}", traceback.format_exc())
            self._enter(JobState.FAILED, f"{type(error).__name__}: {error}")
        else:
            self._enter(JobState.FINISHED)
        finally:
            self._ended.set()

    def _goes_on(self) -> bool:
        """Say whether to go on; blocks while the job is paused."""
        if not self._unpaused.is_set() and not self._stopping.is_set():
            before, reason = self._state, self._reason
            self._enter(JobState.PAUSED)
            while not self._unpaused.wait(IDLE_SECONDS):
                self._attend()
            self._enter(before, reason)
        return not self._stopping.is_set()

    def _attend(self) -> None:  # noqa: B027 - most jobs have nothing to look after
        """Look after what must not rest while the job is paused; called every 0.1 s then."""

    def _idle(self, seconds: float = IDLE_SECONDS) -> None:
        """Rest, but wake at once when the job is to stop."""
        self._stopping.wait(seconds)

    def _enter(self, state: JobState, reason: str | None = None) -> None:
        if (state, reason) != (self._state, self._reason):
            self._reason = reason
            self._state = state
            if state.rests:
                self._stats = self._stats.at_rest()
            if state.ended:
                self._trouble = None
            self._has_changed()

    def _publish(self, stats: JobStats, trouble: str | None = None) -> None:
        if stats != self._stats or trouble != self._trouble:
            self._stats = stats
            self._trouble = trouble
            self._has_changed()

    def _has_changed(self) -> None:
        self.version += 1
        self._bell.ring()
