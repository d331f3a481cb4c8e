"""What was sent to a topic: the uploads' part of the ledger."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import LedgerNotWritten
from jupyter_stream.files.stamp import FileState

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.ledger import Ledger

SENT_SCHEMA = """
CREATE TABLE IF NOT EXISTS sent(
    topic_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha512 BLOB NOT NULL,
    hashed_at REAL NOT NULL,
    acknowledged_at REAL NOT NULL,
    PRIMARY KEY (topic_id, path)
) WITHOUT ROWID
"""
# A file may be written to once more without getting another time, where times are coarse.
RACY_SECONDS = 2.0
BATCH_SECONDS = 0.5
BATCH_FILES = 500
RETRY_SECONDS = 1.0
_FIND = """
SELECT size, mtime_ns, sha512, hashed_at, acknowledged_at FROM sent WHERE topic_id = ? AND path = ?
"""
_NEWEST = "SELECT max(acknowledged_at) FROM sent WHERE topic_id = ?"
_KEEP = "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class SentFile(NamedTuple):
    """A version of a file that a topic holds completely.

    Attributes
    ----------
    state
        Size and time of the file when it was hashed.
    sha512
        Digest of the content, 64 bytes.
    hashed_at, acknowledged_at
        When reading it began, and when its last chunk was stored, in epoch seconds.
    """

    state: FileState
    sha512: bytes
    hashed_at: float
    acknowledged_at: float

    @property
    def racy(self) -> bool:
        """Whether it may have changed since, although it looks the same."""
        return self.state.mtime_ns / 1e9 > self.hashed_at - RACY_SECONDS


class SentLedger:
    """What one topic holds; new rows are kept back for a moment, and written in batches.

    Parameters
    ----------
    ledger
        The ledger.
    topic
        Name of the topic.
    topic_id
        What stays the same as long as the topic is not deleted and made again.
    """

    def __init__(self, ledger: Ledger, topic: str, topic_id: str) -> None:
        self.topic_id = topic_id
        self.trouble: str | None = None
        self._ledger = ledger
        self._topic = topic
        self._waiting: dict[tuple[str, str], SentFile] = {}
        self._due = 0.0

    def find(self, path: str) -> SentFile | None:
        """Return what was sent last under a path; None if nothing was.

        Parameters
        ----------
        path
            Relative posix path.
        """
        if waiting := self._waiting.get((self.topic_id, path)):
            return waiting
        try:
            found = list(self._ledger.rows(_FIND, (self.topic_id, path)))
        except UnicodeEncodeError:
            return None  # Such a name is never sent.
        for size, mtime_ns, sha512, hashed_at, acknowledged_at in found:
            return SentFile(FileState(size, mtime_ns), sha512, hashed_at, acknowledged_at)
        return None

    def newest(self) -> float:
        """Return when the latest file was acknowledged, in epoch seconds; 0 if none was."""
        return max(newest or 0.0 for (newest,) in self._ledger.rows(_NEWEST, (self.topic_id,)))

    def add(self, path: str, sent: SentFile) -> None:
        """Note a file that the topic holds now; it is written soon, by `write_if_due`.

        Parameters
        ----------
        path
            Relative posix path.
        sent
            What was sent.
        """
        if not self._waiting:
            self._due = time.monotonic() + BATCH_SECONDS
        self._waiting[self.topic_id, path] = sent

    def write_if_due(self) -> None:
        """Write what waits, when it has waited long enough or is much.

        Raises
        ------
        LedgerError
            The ledger is broken.
        """
        if self._waiting and (time.monotonic() >= self._due or self._many):
            self.write()

    def write(self) -> None:
        """Write what waits; if there is no space, say, `trouble` tells, and it goes on waiting.

        Raises
        ------
        LedgerError
            The ledger is broken.
        """
        rows = [
            (topic_id, self._topic, path, *sent.state, *sent[1:])
            for (topic_id, path), sent in self._waiting.items()
        ]
        try:
            with self._ledger.batch():
                self._ledger.write(_KEEP, rows)
        except LedgerNotWritten as error:
            self.trouble = str(error)
            self._due = time.monotonic() + RETRY_SECONDS
            return
        self.trouble = None
        self._waiting.clear()

    def tell_unwritten(self, tell: Callable[[str, str], None]) -> None:
        """Tell what could not be written until the end.

        Parameters
        ----------
        tell
            Told in a title and a detail, if there is something to tell.
        """
        if self._waiting:
            tell(
                "The ledger could not be written; files will be sent once more next time",
                f"{len(self._waiting)} files: {self.trouble}",
            )

    @property
    def waiting(self) -> int:
        """How many files are noted, and not written yet."""
        return len(self._waiting)

    @property
    def _many(self) -> bool:
        return len(self._waiting) >= BATCH_FILES and self.trouble is None
