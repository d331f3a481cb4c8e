"""A file on its way to a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.files.stamp import FileState


@dataclass(eq=False, slots=True)
class Sending:
    """One attempt to send one version of a file.

    Parameters
    ----------
    path
        Relative posix path of the file.
    state
        What the file was when it was found.
    failures
        How many attempts failed before this one.
    topic_id
        Which topic it was begun on.
    chunk_size
        Bytes of data in its chunks; 0 before the first was written.
    pending
        How many chunks await their acknowledgement.
    stored_bytes
        How much of the content was acknowledged.
    all_written
        Whether all chunks are on their way.
    reason
        Why a chunk was not stored; None while all goes well.
    abandoned
        Whether nothing is to be heard of it any more.
    """

    path: str
    state: FileState
    failures: int = 0
    topic_id: str = ""
    chunk_size: int = 0
    pending: int = 0
    stored_bytes: int = 0
    all_written: bool = False
    reason: str | None = None
    abandoned: bool = False

    def take(self, refusal: str | None, content_bytes: int) -> int:
        """Note that a chunk was acknowledged, or why it was refused; give the bytes that count."""
        self.pending -= 1
        self.reason = self.reason or refusal
        if refusal is not None or self.abandoned:
            return 0
        self.stored_bytes += content_bytes
        return content_bytes

    def abandon(self) -> int:
        """Care no more for what becomes of it, and give the bytes that counted."""
        self.abandoned = True
        return self.stored_bytes

    @property
    def begun(self) -> bool:
        """Whether chunks of it were sent on their way."""
        return self.chunk_size > 0

    @property
    def concluded(self) -> bool:
        """Whether it is known of all chunks if they are stored."""
        return self.all_written and not self.pending
