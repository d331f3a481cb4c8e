"""The ledger as a file: broken, foreign, full, shared, and gone for a while."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import LedgerError, LedgerNotWritten
from jupyter_stream.files.ledger import Ledger
from tests.small_disk import mounted_small_disk

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "CREATE TABLE IF NOT EXISTS things(name TEXT PRIMARY KEY) WITHOUT ROWID"
INSERT = "INSERT INTO things VALUES (?)"


def names(ledger: Ledger) -> list[str]:
    """Return what is in the ledger."""
    return [name for (name,) in ledger.rows("SELECT name FROM things ORDER BY name")]


def test_a_batch_is_there_when_the_ledger_is_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "state"
    with Ledger(folder, SCHEMA) as ledger, ledger.batch():
        ledger.write(INSERT, [("a",), ("b",)])
    with Ledger(folder, SCHEMA) as ledger:
        assert names(ledger) == ["a", "b"]


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path, SCHEMA) as ledger:
        with pytest.raises(LedgerError), ledger.batch():
            ledger.write(INSERT, [("b",), ("b",)])
        with pytest.raises(ZeroDivisionError), ledger.batch():
            ledger.write(INSERT, ((f"{1 // number}",) for number in (1, 0)))
        assert names(ledger) == []


def test_two_ledgers_on_one_file_see_each_others_batches(tmp_path: Path) -> None:
    with Ledger(tmp_path, SCHEMA) as one, Ledger(tmp_path, SCHEMA) as other:
        with one.batch():
            one.write(INSERT, [("a",)])
        with other.batch():
            other.write(INSERT, [("b",)])
        assert names(one) == names(other) == ["a", "b"]


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" * 64])
def test_a_file_that_is_no_database_is_told_with_the_way_to_mend_it(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(LedgerError, match=r"is broken .* jupyter stream ledger repair"):
        Ledger(tmp_path, SCHEMA)


def test_a_ledger_that_was_written_over_is_broken(tmp_path: Path) -> None:
    with Ledger(tmp_path, SCHEMA) as ledger, ledger.batch():
        ledger.write(INSERT, [(f"name {number}",) for number in range(5000)])
    with ledger.path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 16384)
    with pytest.raises(LedgerError, match="is broken"):
        Ledger(tmp_path, SCHEMA)


def test_a_database_of_others_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "ledger.sqlite")
    other.execute("CREATE TABLE theirs(x)")
    other.close()
    with pytest.raises(LedgerError, match="no ledger of ours"):
        Ledger(tmp_path, SCHEMA)


def test_a_ledger_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    with Ledger(tmp_path, SCHEMA) as ledger:
        list(ledger.rows("PRAGMA user_version = 99"))
    with pytest.raises(LedgerError, match="newer version"):
        Ledger(tmp_path, SCHEMA)


def test_a_folder_that_cannot_be_made_tells_of_state(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LedgerNotWritten, match="state="):
        Ledger(tmp_path / "file" / "state", SCHEMA)


def test_a_full_disk_refuses_a_batch_and_takes_it_later(tmp_path: Path) -> None:
    rows = [(f"{number} {'x' * 500}",) for number in range(500)]
    with mounted_small_disk(tmp_path, "1m") as disk, Ledger(disk, SCHEMA) as ledger:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(900_000))
        with pytest.raises(LedgerNotWritten, match="full"), ledger.batch():
            ledger.write(INSERT, rows)
        ballast.unlink()
        assert names(ledger) == []
        with ledger.batch():
            ledger.write(INSERT, rows)
        assert len(names(ledger)) == 500


def test_a_folder_that_went_away_and_came_back_can_be_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "state"
    with Ledger(folder, SCHEMA) as ledger:
        away = folder.parent.rename(tmp_path / "away")
        (tmp_path / "share").write_text("where it was")
        with pytest.raises(LedgerNotWritten), ledger.batch():
            ledger.write(INSERT, [("a",)])
        (tmp_path / "share").unlink()
        away.rename(folder.parent)
        with ledger.batch():
            ledger.write(INSERT, [("a",)])
        assert names(ledger) == ["a"]
