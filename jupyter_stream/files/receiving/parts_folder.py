"""Where the unfinished files of one process are; those of dead processes are cleared away."""

from __future__ import annotations

import itertools
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from jupyter_stream.errors import LedgerInUse, LedgerNotWritten, NotStored
from jupyter_stream.files.process_lock import ProcessLock
from jupyter_stream.files.system_refusals import as_not_stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TURN_SECONDS = 60.0
LOOK_SECONDS = 0.01
_LOCK_SUFFIX = ".lock"
_TURN = "downloads.lock"


class PartsFolder:
    """A folder that belongs to this process; it goes when the process ends, or soon after.

    Parameters
    ----------
    parent
        The folder that holds those of all processes.

    Raises
    ------
    NotStored
        The system refuses.
    """

    def __init__(self, parent: Path) -> None:
        with as_not_stored(parent):
            parent.mkdir(parents=True, exist_ok=True)
        self._parent = parent
        self._token = secrets.token_hex(8)
        self.path = parent / self._token
        self._numbers = itertools.count(1)
        with _turn(parent):
            self._lock = _lock(_lock_of(parent, self._token))
            self.make()
            self._clear_leftovers()

    def make(self) -> None:
        """Make the folder, again if somebody removed it."""
        if not self.path.is_dir():
            with as_not_stored(self.path):
                self.path.mkdir(parents=True, exist_ok=True)

    def name(self) -> Path:
        """Give the path of a new part."""
        return self.path / f"{next(self._numbers)}"

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(NotStored), _turn(self._parent):
            self._lock.release()
            _unlink_lock(self._parent, self._token)
        self._lock.release()

    def _clear_leftovers(self) -> None:
        """Remove the folders whose processes are gone: their locks are free."""
        tokens = {path.name.partition(".")[0] for path in self._parent.iterdir()}
        for token in tokens - {self._token}:
            with suppress(LedgerInUse, NotStored):
                _remove_if_free(self._parent, token)


@contextmanager
def _turn(parent: Path) -> Iterator[None]:
    """Let one process at a time come or go: one that is just coming must not look dead."""
    deadline = time.monotonic() + TURN_SECONDS
    while True:
        try:
            turn = _lock(parent.with_name(_TURN))
        except LedgerInUse as error:
            if time.monotonic() > deadline:
                raise NotStored(f"{parent} is in use for long already: {error}") from error
            time.sleep(LOOK_SECONDS)
        else:
            break
    try:
        yield
    finally:
        turn.release()


def _remove_if_free(parent: Path, token: str) -> None:
    lock = _lock(_lock_of(parent, token))
    shutil.rmtree(parent / token, ignore_errors=True)
    lock.release()
    _unlink_lock(parent, token)


def _unlink_lock(parent: Path, token: str) -> None:
    # SQLite keeps a journal beside a lock that is held.
    for path in parent.glob(f"{token}{_LOCK_SUFFIX}*"):
        with suppress(OSError):
            path.unlink()


def _lock_of(parent: Path, token: str) -> Path:
    return parent / f"{token}{_LOCK_SUFFIX}"


def _lock(path: Path) -> ProcessLock:
    try:
        return ProcessLock(path)
    except LedgerNotWritten as error:
        raise NotStored(f"{path} was not stored: {error}") from error
