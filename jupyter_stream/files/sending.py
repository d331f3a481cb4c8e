"""A file on its way to a topic."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(eq=False, slots=True)
class Sending:
    """One attempt to send one version of a file.

    Parameters
    ----------
    path
        The file.
    failures
        How many attempts failed before this one.
    pending
        How many chunks await their acknowledgement.
    all_written
        Whether all chunks are on their way.
    reason
        Why a chunk was not stored; None while all goes well.
    """

    path: Path
    failures: int = 0
    pending: int = 0
    all_written: bool = False
    reason: str | None = None

    def take(self, refusal: str | None) -> None:
        """Note that a chunk was acknowledged, or why it was refused."""
        self.pending -= 1
        self.reason = self.reason or refusal

    @property
    def concluded(self) -> bool:
        """Whether it is known of all chunks if they are stored."""
        return self.all_written and not self.pending
