"""Ledgers with rows of the test's choice."""

from __future__ import annotations

from hashlib import sha512
from typing import TYPE_CHECKING

from jupyter_stream.files.ledger import Ledger, state_folder
from jupyter_stream.files.receiving.received_ledger import (
    POSITIONS_SCHEMA,
    RECEIVED_SCHEMA,
    REFUSED_SCHEMA,
)
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NOON = 1_900_000_000.0


def open_ledger(directory: Path, state: Path | None = None) -> Ledger:
    """Open a directory's ledger with all tables."""
    schemas = (SENT_SCHEMA, RECEIVED_SCHEMA, POSITIONS_SCHEMA, REFUSED_SCHEMA)
    return Ledger(state_folder(directory, state), *schemas)


def note_sent(ledger: Ledger, paths: Iterable[str], topic: str = "spectra") -> None:
    """Note files as sent, each a second after the one before."""
    rows = [
        (
            *(f"id/{topic}", topic, path, 10, int(NOON * 1e9), sha512(path.encode()).digest()),
            *(NOON + number, NOON + number),
        )
        for number, path in enumerate(paths)
    ]
    with ledger.batch():
        ledger.write("INSERT INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def note_received(
    ledger: Ledger, paths: Iterable[str], topic: str = "spectra", newest: bool = True
) -> None:
    """Note files as received, one a record, and the position behind them."""
    rows = [
        (
            *(f"id/{topic}", topic, path, sha512(f"{path} {newest}".encode()).digest(), 20, NOON),
            *(0, number, f'{{"0": {number}}}', f'{{"0": {number}}}', newest, NOON + number),
        )
        for number, path in enumerate(paths)
    ]
    with ledger.batch():
        marks = ", ".join("?" * 12)
        ledger.write(f"INSERT INTO received VALUES ({marks})", rows)  # noqa: S608
        position = (f"id/{topic}", topic, 0, len(rows))
        ledger.write("INSERT OR REPLACE INTO positions VALUES (?, ?, '', ?, ?)", [position])


def note_refused(ledger: Ledger, offsets: Iterable[int], topic: str = "spectra") -> None:
    """Note records as refused."""
    rows = [
        (f"id/{topic}", topic, 0, offset, "no file chunk", b"key", b"value", 5, NOON)
        for offset in offsets
    ]
    with ledger.batch():
        ledger.write("INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
