"""Making a ledger fit for use again."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import LedgerError, LedgerInUse, LedgerNotWritten, NoSuchPath
from jupyter_stream.files.ledger import STATE_FOLDER, Ledger
from jupyter_stream.files.ledger_report import ledger_path
from jupyter_stream.files.process_lock import ProcessLock
from jupyter_stream.files.receiving.received_ledger import (
    POSITIONS_SCHEMA,
    RECEIVED_SCHEMA,
    REFUSED_SCHEMA,
)
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCHEMAS = (SENT_SCHEMA, RECEIVED_SCHEMA, POSITIONS_SCHEMA, REFUSED_SCHEMA)
# Positions are left behind: a damaged one could lead past files. Reading from the start finds
# every file that is missing, and completes none of the others again.
SAVED_TABLES = ("sent", "received", "refused")
# Of the versions of a path only the newest is on the disk.
_KNOWN = {
    "sent": "SELECT topic_id, path, sha512 FROM sent",
    "received": "SELECT topic_id, path, sha512 FROM received WHERE newest",
}
NAMED_FILES = 10
HASH_BYTES = 64


@dataclass(slots=True)
class Repair:
    """What was done to a ledger.

    Attributes
    ----------
    kept_aside
        Where the broken ledger is now; None if it was sound.
    saved
        How many rows of each table could be read from the broken one.
    forgotten
        How many files of each kind ("sent", "received") are gone, and were forgotten. The topics
        of received ones are read from the start by the next download, to find them.
    examples
        The paths of some of these.
    """

    kept_aside: Path | None = None
    saved: dict[str, int] = field(default_factory=dict)
    forgotten: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def repair_ledger(directory: Path, state: Path | None = None) -> Repair:
    """Rebuild a directory's ledger if it is broken, and forget the files that are gone.

    Parameters
    ----------
    directory
        The directory whose transfers the ledger knows.
    state
        The state folder; None for the one inside the directory.

    Returns
    -------
    Repair
        What was done.

    Raises
    ------
    NoSuchPath
        There is no such directory, or no ledger.
    LedgerInUse
        An upload or a download is running there.
    LedgerNotWritten
        Nothing can be written there: no right to, or no space.
    LedgerError
        The ledger was written by a newer version of jupyter_stream.
    """
    if not directory.is_dir():
        raise NoSuchPath(f"there is no directory {directory}; is its share mounted?")
    path = ledger_path(directory, state)
    done = Repair()
    with _in_use_by_nobody_else(path.parent, directory):
        if _is_broken(path):
            done.kept_aside = _put_aside(path)
        with Ledger(path.parent, *_SCHEMAS) as ledger:
            if done.kept_aside:
                done.saved = _save_rows(done.kept_aside, ledger)
            _forget_gone(ledger, directory, done)
    return done


@contextmanager
def _in_use_by_nobody_else(folder: Path, directory: Path) -> Iterator[None]:
    # Parts are in the directory, wherever the ledger is.
    places = (folder, directory / STATE_FOLDER / "parts")
    with ExitStack() as locks:
        for path in (path for place in places for path in place.glob("*.lock")):
            try:
                locks.callback(ProcessLock(path).release)
            except LedgerInUse:
                raise LedgerInUse(
                    f"an upload or a download uses {folder}; stop it, then repair"
                ) from None
        yield


def _is_broken(path: Path) -> bool:
    try:
        with Ledger(path.parent):
            return False
    except LedgerNotWritten:
        raise
    except LedgerError:
        if _is_sound(path):
            # Of a newer version, say: nothing that could be mended.
            raise
        return True


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as database:
            return list(database.execute("PRAGMA quick_check(1)")) == [("ok",)]
    except sqlite3.DatabaseError:
        return False


def _put_aside(path: Path) -> Path:
    aside = next(
        place
        for number in itertools.count(1)
        if not (place := path.with_name(f"{path.name}.broken-{number}")).exists()
    )
    # What was being written when it broke belongs to it.
    for ending in ("", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    return aside


def _save_rows(broken: Path, ledger: Ledger) -> dict[str, int]:
    with closing(sqlite3.connect(broken)) as database, ledger.batch():
        return {table: _save_table(database, table, ledger) for table in SAVED_TABLES}


def _save_table(database: sqlite3.Connection, table: str, ledger: Ledger) -> int:
    columns = list(ledger.rows(f"PRAGMA table_info({table})"))
    names = [name for _, name, *_ in columns]
    key = [name for _, name, _, _, _, place in columns if place] or ["rowid"]
    rows: set[tuple[Any, ...]] = set()
    # Reading ends at the first damage, so it is read from both ends.
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{name} {direction}" for name in key)
        query = f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"  # noqa: S608
        with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            for row in database.execute(query):
                if _is_usable(dict(zip(names, row, strict=True))):
                    rows.add(row)
    marks = ", ".join("?" * len(columns))
    ledger.write(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608
    return len(rows)


def _is_usable(row: dict[str, Any]) -> bool:
    """Say whether a row from a damaged file is whole, as far as that can be seen."""
    try:
        offsets = [json.loads(row[name]) for name in row if name.endswith("_offsets")]
    except (TypeError, ValueError):
        return False
    hashed = row.get("sha512", b"") == b"" or len(row["sha512"]) == HASH_BYTES
    return hashed and all(isinstance(offset, dict) for offset in offsets)


def _forget_gone(ledger: Ledger, directory: Path, done: Repair) -> None:
    known = {kind: list(ledger.rows(query)) for kind, query in _KNOWN.items()}
    gone = {
        kind: [row for row in rows if not os.path.lexists(directory / row[1])]
        for kind, rows in known.items()
    }
    if any(gone.values()) and gone == known and _is_empty(directory, ledger.folder):
        raise NoSuchPath(
            f"{directory} is empty: is its share mounted? If all its files are to come again, "
            f"remove the ledger {ledger.path}"
        )
    with ledger.batch():
        for kind, rows in gone.items():
            ledger.write(
                f"DELETE FROM {kind} WHERE topic_id = ? AND path = ? AND sha512 = ?",  # noqa: S608
                rows,
            )
        topics = {(topic_id,) for topic_id, *_ in gone["received"]}
        ledger.write("DELETE FROM positions WHERE topic_id = ?", topics)
    done.forgotten = {kind: len(rows) for kind, rows in gone.items() if rows}
    done.examples = [path for rows in gone.values() for _, path, _ in rows][:NAMED_FILES]


def _is_empty(directory: Path, state: Path) -> bool:
    return all(path == state for path in directory.iterdir())
