"""Ledgers that are broken, and files that are gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha512
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import LedgerError, LedgerInUse, NoSuchPath
from jupyter_stream.files.ledger import STATE_FOLDER, Ledger
from jupyter_stream.files.ledger_repair import repair_ledger
from jupyter_stream.files.ledger_report import LedgerReport
from jupyter_stream.files.process_lock import ProcessLock
from tests.files.ledger_rows import note_received, note_refused, note_sent, open_ledger

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a thousand files, all of them sent and received."""
    names = [f"{number:04}" for number in range(1000)]
    for name in names:
        (tmp_path / name).touch()
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, names)
        note_received(ledger, names)
        note_refused(ledger, [5, 6])
    return tmp_path


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xff" * PAGE)


def counts(directory: Path) -> dict[str, int]:
    tables = ("sent", "received", "positions", "refused")
    with open_ledger(directory) as ledger:
        return {
            table: next(ledger.rows(f"SELECT count(*) FROM {table}"))[0]  # noqa: S608
            for table in tables
        }


def test_a_sound_ledger_stays_as_it_is(directory: Path) -> None:
    before = (directory / STATE_FOLDER / "ledger.sqlite").read_bytes()
    done = repair_ledger(directory)
    assert (done.kept_aside, done.forgotten) == (None, {})
    assert (directory / STATE_FOLDER / "ledger.sqlite").read_bytes() == before


def test_files_that_are_gone_are_forgotten(directory: Path) -> None:
    (directory / "0001").unlink()
    (directory / "0007").unlink()
    done = repair_ledger(directory)
    assert done.forgotten == {"sent": 2, "received": 2}
    assert done.examples == ["0001", "0007", "0001", "0007"]
    assert counts(directory) == {"sent": 998, "received": 998, "positions": 0, "refused": 2}


def test_files_that_were_only_sent_leave_the_positions(directory: Path) -> None:
    with open_ledger(directory) as ledger:
        note_sent(ledger, ["gone"], "other")
    assert repair_ledger(directory).forgotten == {"sent": 1}
    assert counts(directory)["positions"] == 1


def test_older_versions_of_a_path_are_not_missed(directory: Path) -> None:
    with open_ledger(directory) as ledger:
        note_received(ledger, ["replaced later"], newest=False)
    assert repair_ledger(directory).forgotten == {}


@pytest.mark.parametrize("page", range(1, 40, 3))
def test_what_can_be_read_of_a_broken_ledger_is_saved(directory: Path, page: int) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    damage(path, page)
    with pytest.raises(LedgerError, match="jupyter stream ledger repair"):
        Ledger(path.parent)
    done = repair_ledger(directory)
    assert done.kept_aside == path.with_name("ledger.sqlite.broken-1")
    left = counts(directory)
    assert left["positions"] == 0, "a damaged one could lead past files"
    assert left["sent"] + left["received"] > 500
    with LedgerReport(directory, None) as report:
        for file in report.files():
            assert (directory / file.path).is_file(), "nothing is invented"


def test_rows_on_both_sides_of_a_damage_are_saved(directory: Path) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    damage(path, path.read_bytes().index(sha512(b"0500").digest()) // PAGE)
    repair_ledger(directory)
    with LedgerReport(directory, None) as report:
        sent = {file.path for file in report.files() if file.kind == "sent"}
    assert {"0000", "0999"} <= sent
    assert "0500" not in sent


def test_something_that_is_no_database_is_kept_aside(directory: Path) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    path.write_bytes(b"this is no database" * 100)
    done = repair_ledger(directory)
    assert done.kept_aside is not None
    assert done.kept_aside.read_bytes().startswith(b"this is no database")
    assert done.saved == {"sent": 0, "received": 0, "refused": 0}
    path.write_bytes(b"nor is this" * 100)
    again = repair_ledger(directory).kept_aside
    assert again == path.with_name("ledger.sqlite.broken-2")


def test_rows_that_make_no_sense_are_not_saved(directory: Path) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE received SET last_offsets = '{' WHERE path = '0003'")
        database.execute("UPDATE received SET first_offsets = '3' WHERE path = '0004'")
        database.execute("UPDATE sent SET sha512 = x'00' WHERE path = '0005'")
        database.commit()
    damage(path, path.stat().st_size // PAGE - 1)
    assert repair_ledger(directory).kept_aside is not None
    with LedgerReport(directory, None) as report:
        known = {(file.kind, file.path) for file in report.files()}
    assert {("sent", "0003"), ("sent", "0004"), ("received", "0005")} <= known
    assert not known & {("received", "0003"), ("received", "0004"), ("sent", "0005")}


def test_a_ledger_of_a_newer_version_is_left_alone(directory: Path) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 1000")
    with pytest.raises(LedgerError, match="newer version"):
        repair_ledger(directory)
    assert not list(path.parent.glob("*broken*"))


@pytest.mark.parametrize("place", ["upload-1.lock", "parts/0a1b.lock"])
def test_a_ledger_in_use_is_left_alone(directory: Path, place: str) -> None:
    lock = ProcessLock(directory / STATE_FOLDER / place)
    with pytest.raises(LedgerInUse, match="stop it, then repair"):
        repair_ledger(directory)
    lock.release()
    assert repair_ledger(directory).kept_aside is None


def test_an_empty_directory_may_be_a_share_that_is_away(directory: Path) -> None:
    state = directory / STATE_FOLDER
    mount = directory / "mount"
    mount.mkdir()
    with pytest.raises(NoSuchPath, match="is its share mounted"):
        repair_ledger(mount, state)
    assert counts(directory)["received"] == 1000
    with pytest.raises(NoSuchPath, match="there is no directory"):
        repair_ledger(directory / "nowhere", state)


def test_without_a_ledger_there_is_nothing_to_repair(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match="there is no ledger"):
        repair_ledger(tmp_path)
    assert list(tmp_path.iterdir()) == []
