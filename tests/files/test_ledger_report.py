"""What a ledger tells of the files that were sent and received."""

from __future__ import annotations

from hashlib import sha512
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.ledger import Ledger, state_folder
from jupyter_stream.files.ledger_report import LedgerReport
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA
from tests.files.ledger_rows import NOON, note_received, note_refused, note_sent, open_ledger

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_told_by_topic_and_path(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, ["b", "a/ä"], "two")
        note_sent(ledger, ["c"], "one")
        note_received(ledger, ["d"], "one")
    with LedgerReport(tmp_path, None) as report:
        told = [(file.kind, file.topic, file.path) for file in report.files()]
        first = next(report.files("two"))
    assert told == [
        ("sent", "one", "c"),
        ("sent", "two", "a/ä"),
        ("sent", "two", "b"),
        ("received", "one", "d"),
    ]
    assert first.sha512 == sha512("a/ä".encode()).hexdigest()
    assert (first.size, first.mtime, first.time) == (10, NOON, NOON + 1)
    assert (first.partition, first.offset) == (None, None)


def test_the_newest_files_of_both_kinds_come_first(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, ["s0", "s1", "s2"])
        note_received(ledger, ["r0", "r1", "r2", "r3"])
    with LedgerReport(tmp_path, None) as report:
        newest = [file.path for file in report.newest_files(3)]
        assert report.newest_files(0) == []
    assert newest[0] == "r3"
    assert set(newest[1:]) == {"s2", "r2"}


def test_totals_count_files_and_bytes(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, ["a", "b"], "one")
        note_received(ledger, ["c"], "two")
    with LedgerReport(tmp_path, None) as report:
        assert [total[:4] for total in report.totals()] == [
            ("sent", "one", 2, 20),
            ("received", "two", 1, 20),
        ]


def test_refused_records_are_told_by_their_place(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        note_refused(ledger, [7, 3])
        note_refused(ledger, [1], "other")
    with LedgerReport(tmp_path, None) as report:
        assert [record.offset for record in report.refused("spectra")] == [3, 7]
        assert len(list(report.refused())) == 3


def test_a_ledger_of_uploads_alone_is_told_too(tmp_path: Path) -> None:
    with Ledger(state_folder(tmp_path, None), SENT_SCHEMA) as ledger:
        note_sent(ledger, ["a"])
    with LedgerReport(tmp_path, None) as report:
        assert [file.path for file in report.files()] == ["a"]
        assert list(report.refused()) == []


def test_asking_for_a_ledger_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match="there is no ledger"):
        LedgerReport(tmp_path, None)
    assert list(tmp_path.iterdir()) == []
