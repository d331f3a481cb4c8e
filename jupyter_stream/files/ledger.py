"""The ledger: what was transferred, kept in a file that survives crashes."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from jupyter_stream.errors import LedgerError, LedgerNotWritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

STATE_FOLDER = ".jupyter_stream"
LEDGER_NAME = "ledger.sqlite"
_BUSY_SECONDS = 30.0
# "jpsl": how we know a ledger from any other database.
_APPLICATION = 0x6A70736C
_VERSION = 1
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def state_folder(directory: Path, state: Path | None) -> Path:
    """Give the folder where the state of a directory's transfers is kept.

    Parameters
    ----------
    directory
        The directory that is uploaded or downloaded to.
    state
        The folder that the user wants; None for the one inside the directory.
    """
    return directory / STATE_FOLDER if state is None else state


class Ledger:
    """A small database with what was transferred, in a state folder.

    What was written in a `batch` is on the disk when the batch ends, and is there completely or
    not at all. Several processes may use one ledger; an object is used by one thread at a time.
    After a failure that passes (a full disk, an unmounted share) it can be used again.

    Parameters
    ----------
    folder
        The state folder; it is made if it is not there.
    schemas
        SQL that makes the tables, each `CREATE TABLE IF NOT EXISTS`.

    Raises
    ------
    LedgerError
        The file there is broken, or no ledger.
    LedgerNotWritten
        Nothing can be written there: no right to, or no space.
    """

    def __init__(self, folder: Path, *schemas: str) -> None:
        self.folder = folder
        self.path = folder / LEDGER_NAME
        self._schemas = schemas
        self._connection: sqlite3.Connection | None = None
        with self._told():
            self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Ask, and give the rows one by one.

        Parameters
        ----------
        query
            SQL with question marks.
        parameters
            What stands in their places.

        Raises
        ------
        LedgerError
            The ledger cannot be read.
        """
        with self._told():
            yield from self._open().execute(query, parameters)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep all that is written in the block, on the disk when it ends; or nothing of it.

        Raises
        ------
        LedgerNotWritten
            It could not be kept now (no space, say); the same batch may be tried again.
        LedgerError
            The ledger is broken.
        """
        with self._told():
            self._open().execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # Closing rolls back, whatever state a failure left the connection in.
            self.close()
            raise
        with self._told():
            self._open().execute("COMMIT")

    def write(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows; within a `batch`.

        Parameters
        ----------
        statement
            SQL with question marks.
        rows
            What stands in their places, for each time that it is carried out.

        Raises
        ------
        LedgerError
            The rows could not be written.
        """
        with self._told():
            self._open().executemany(statement, rows)

    def close(self) -> None:
        """Let go of the file; closing again does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._make_folder()
            # One thread uses it at a time, but not the one that opened it.
            self._connection = sqlite3.connect(
                self.path, _BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._prepare(self._connection)
        return self._connection

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerNotWritten(self._refused(error.strerror)) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Check that the file is a sound ledger, and make what is missing in it."""
        # A write-ahead log would need memory shared between machines on a network share.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        ((verdict,),) = connection.execute("PRAGMA quick_check(1)")
        if verdict != "ok":
            # SQLite frames the place, which looks like a password that is hidden.
            words = " ".join(verdict.replace("*", "").split())
            raise LedgerError(f"{self.path} is broken ({words}). {self._advice}")
        ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_master")
        if tables:
            self._check_version(connection)
        else:
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        for schema in self._schemas:
            connection.execute(schema)

    def _check_version(self, connection: sqlite3.Connection) -> None:
        ((application,),) = connection.execute("PRAGMA application_id")
        ((version,),) = connection.execute("PRAGMA user_version")
        if application != _APPLICATION:
            raise LedgerError(f"{self.path} is no ledger of ours; move it away.")
        if version > _VERSION:
            raise LedgerError(
                f"{self.path} was written by a newer version of jupyter_stream; update this one."
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the errors of the database and the disk into ours."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            raise self._told_of(error) from error
        except LedgerError:
            self.close()
            raise

    def _told_of(self, error: sqlite3.Error) -> LedgerError:
        # Errors of the Python module itself have no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _BROKEN:
            return LedgerError(f"{self.path} is broken ({error}). {self._advice}")
        return LedgerNotWritten(self._refused(str(error)))

    def _refused(self, reason: str | None) -> str:
        return (
            f"the ledger {self.path} cannot be written: {reason}. Is there space, and the right "
            "to write? Give another folder with state=, or --state on the command line."
        )

    @property
    def _advice(self) -> str:
        return f"Mend it with: jupyter stream ledger repair {self.folder.parent}"
