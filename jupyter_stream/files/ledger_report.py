"""What a ledger tells: the files that were sent and received, and the records that were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.ledger import LEDGER_NAME, Ledger, state_folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

_QUERIES = {
    "sent": "SELECT topic, path, size, lower(hex(sha512)), mtime_ns / 1e9, acknowledged_at, "
    "NULL, NULL FROM sent",
    "received": "SELECT topic, path, size, lower(hex(sha512)), mtime, completed_at, "
    "partition, offset FROM received",
}
_REFUSED = "SELECT topic, partition, offset, reason FROM refused"


class TransferredFile(NamedTuple):
    """A file that was sent or received completely.

    Attributes
    ----------
    kind
        "sent" or "received".
    topic, path
        Where it went to or came from, and its path relative to the directory.
    size
        Length in bytes.
    sha512
        Hash of its content, in hexadecimal digits.
    mtime
        Time of its last change at the sender, in epoch seconds; None if it is not known.
    time
        When it was stored by the broker, or complete at the receiver, in epoch seconds.
    partition, offset
        Of a received file: the record that completed it.
    """

    kind: str
    topic: str
    path: str
    size: int
    sha512: str
    mtime: float | None
    time: float
    partition: int | None
    offset: int | None


class TopicTotal(NamedTuple):
    """How much was sent to a topic, or received from it.

    Attributes
    ----------
    kind
        "sent" or "received".
    topic
        The topic.
    files, bytes
        How many files, and the bytes of their content.
    newest
        When the newest of them was stored or complete, in epoch seconds.
    """

    kind: str
    topic: str
    files: int
    bytes: int
    newest: float


class RefusedRecord(NamedTuple):
    """A record that could not be used.

    Attributes
    ----------
    topic, partition, offset
        Where it lies.
    reason
        Why it could not be used.
    """

    topic: str
    partition: int
    offset: int
    reason: str


class LedgerReport:
    """Asks a ledger that is there; a context manager.

    Parameters
    ----------
    directory
        The directory whose transfers the ledger knows.
    state
        The state folder; None for the one inside the directory.

    Raises
    ------
    NoSuchPath
        There is no ledger.
    LedgerError
        It cannot be read.
    """

    def __init__(self, directory: Path, state: Path | None) -> None:
        self._ledger = Ledger(ledger_path(directory, state).parent)
        tables = {name for (name,) in self._ledger.rows("SELECT name FROM sqlite_master")}
        self._queries = {kind: query for kind, query in _QUERIES.items() if kind in tables}
        self._has_refused = "refused" in tables

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._ledger.close()

    @property
    def path(self) -> Path:
        """The file of the ledger."""
        return self._ledger.path

    def totals(self) -> Iterator[TopicTotal]:
        """Give how much was sent and received, topic by topic."""
        for kind in self._queries:
            column = "acknowledged_at" if kind == "sent" else "completed_at"
            query = (
                f"SELECT topic, count(*), sum(size), max({column}) FROM {kind} "  # noqa: S608
                "GROUP BY topic ORDER BY topic"
            )
            for row in self._ledger.rows(query):
                yield TopicTotal(kind, *row)

    def files(self, topic: str | None = None) -> Generator[TransferredFile, None, None]:
        """Give the files, by topic and path.

        Parameters
        ----------
        topic
            Only those of this topic; None for all.
        """
        yield from self._files(topic, "ORDER BY topic, path")

    def newest_files(self, limit: int, topic: str | None = None) -> list[TransferredFile]:
        """Give the newest files, the newest first.

        Parameters
        ----------
        limit
            How many at most.
        topic
            Only those of this topic; None for all.
        """
        # The sixth column is the time, of both kinds.
        found = self._files(topic, f"ORDER BY 6 DESC LIMIT {limit:d}")
        return sorted(found, key=lambda file: file.time, reverse=True)[:limit]

    def refused(self, topic: str | None = None) -> Iterator[RefusedRecord]:
        """Give the records that could not be used, by their place.

        Parameters
        ----------
        topic
            Only those of this topic; None for all.
        """
        if self._has_refused:
            condition, values = _only(topic)
            query = f"{_REFUSED} {condition} ORDER BY topic, partition, offset"
            for row in self._ledger.rows(query, values):
                yield RefusedRecord(*row)

    def _files(self, topic: str | None, order: str) -> Iterator[TransferredFile]:
        condition, values = _only(topic)
        for kind, query in self._queries.items():
            for row in self._ledger.rows(f"{query} {condition} {order}", values):
                yield TransferredFile(kind, *row)


def ledger_path(directory: Path, state: Path | None) -> Path:
    """Return the file of a directory's ledger.

    Parameters
    ----------
    directory
        The directory.
    state
        The state folder; None for the one inside the directory.

    Raises
    ------
    NoSuchPath
        There is none.
    """
    path = state_folder(directory, state) / LEDGER_NAME
    if not path.is_file():
        raise NoSuchPath(
            f"there is no ledger {path}; uploads from a directory and downloads to it make one "
            "(with --state in another folder: name that)"
        )
    return path


def _only(topic: str | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if topic is None else ("WHERE topic = ?", (topic,))
