"""A lock between processes, which the death of its holder releases."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from jupyter_stream.errors import LedgerInUse, LedgerNotWritten

if TYPE_CHECKING:
    from pathlib import Path

_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class ProcessLock:
    """A lock that is held from its making until it is released, or its process ends, however.

    It is a database with a transaction that never ends, because SQLite's locks work on every
    platform and on network shares.

    Parameters
    ----------
    path
        The file; it is made, and stays.

    Raises
    ------
    LedgerInUse
        Another holds the lock, in this process or in another one.
    LedgerNotWritten
        The file cannot be made: no right to, no space.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise _cannot_be_made(path, error) from error
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            self._connection.close()
            if error.sqlite_errorcode & 0xFF in _HELD:
                raise LedgerInUse(f"another holds {path}") from None
            raise _cannot_be_made(path, error) from error

    def release(self) -> None:
        """Let others have it; releasing again does nothing."""
        self._connection.close()


def _cannot_be_made(path: Path, error: Exception) -> LedgerNotWritten:
    return LedgerNotWritten(
        f"{path} cannot be written: {error}. Is there space, and the right to write? "
        "Give another folder with state=, or --state on the command line."
    )
