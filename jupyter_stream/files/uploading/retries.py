"""What becomes of files that could not be sent: tried again, given up, or forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.uploading.remedies import passes, remedy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.files.uploading.outbox import Outbox
    from jupyter_stream.files.uploading.sending import Sending
    from jupyter_stream.files.uploading.upload_counters import UploadCounters

# A file is not any more what it was when it was found.
NO_LONGER_THERE = (FileChanged, FileNotFoundError, IsADirectoryError, NotADirectoryError)
# How often a file is tried again that an upload without `watch` cannot send; then it fails.
ONCE_RETRIES = 3


class Retries:
    """Puts files back that could not be sent, and tells the user.

    Parameters
    ----------
    root
        The directory, for the user.
    outbox
        Where the files are.
    counters
        Where failures are counted.
    tell
        Told in a title and a detail.
    endless
        Whether files are tried again for ever; else a few times.
    """

    def __init__(
        self,
        root: Path,
        outbox: Outbox,
        counters: UploadCounters,
        tell: Callable[[str, str], None],
        *,
        endless: bool,
    ) -> None:
        self.given_up = 0
        self._root = root
        self._outbox = outbox
        self._counters = counters
        self._tell = tell
        self._endless = endless

    def try_again(self, sending: Sending, reason: str) -> None:
        """Let a file wait until it is tried again, or give it up after a few times.

        Parameters
        ----------
        sending
            The attempt that failed.
        reason
            Why it did.
        """
        said = f"{reason} {remedy(reason)}".strip()
        if not self._endless and sending.failures == ONCE_RETRIES and not passes(reason):
            self.give_up(sending, said)
            return
        delay = self._outbox.put_back(sending)
        self._counters.errors += 1
        self._tell(
            "A file was not stored, and is tried again",
            f"{self._root / sending.path}: {said} It is tried again in {delay:.0f} s.",
        )

    def give_up(self, sending: Sending, reason: str) -> None:
        """Try a file no more, as long as it stays the same.

        Parameters
        ----------
        sending
            The attempt that failed.
        reason
            Why another one would be in vain.
        """
        self._outbox.remove(sending)
        self.given_up += 1
        self._counters.errors += 1
        self._tell("A file could not be uploaded", f"{self._root / sending.path}: {reason}")

    def forget(self, sending: Sending, reason: str) -> None:
        """Leave a file that is not any more what it was to the next look.

        Parameters
        ----------
        sending
            The attempt.
        reason
            What is different.
        """
        self._outbox.remove(sending)
        self._counters.content_bytes -= sending.abandon()
        self._counters.drop(sending.state.size)
        self._tell(
            "A file changed or vanished before it was sent; what is there later is sent", reason
        )
