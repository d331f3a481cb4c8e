"""The states of a job."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job is in its life."""

    STARTING = "starting"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether a job in this state does nothing any more."""
        return self in (JobState.FINISHED, JobState.FAILED)

    @property
    def rests(self) -> bool:
        """Whether a job in this state makes no progress at the moment."""
        return self is JobState.PAUSED or self.ended
