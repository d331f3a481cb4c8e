"""What was sent, and how sure that is."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.files.ledger import Ledger
from jupyter_stream.files.stamp import FileState
from jupyter_stream.files.uploading import sent_ledger
from jupyter_stream.files.uploading.sent_ledger import SENT_SCHEMA, SentFile, SentLedger
from tests.small_disk import mounted_small_disk

if TYPE_CHECKING:
    from pathlib import Path

SENT = SentFile(FileState(3, 1_000_000_000), bytes(64), 10.0, 11.0)


def test_a_file_is_known_at_once_and_after_a_restart(tmp_path: Path) -> None:
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        sent = SentLedger(ledger, "topic", "id")
        assert sent.find("a") is None
        sent.add("a", SENT)
        assert sent.find("a") == SENT
        sent.write()
        assert sent.waiting == 0
        assert sent.find("a") == SENT
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        assert SentLedger(ledger, "topic", "id").find("a") == SENT
        assert SentLedger(ledger, "topic", "made again").find("a") is None


def test_what_a_former_topic_took_is_kept_for_that_topic(tmp_path: Path) -> None:
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        sent = SentLedger(ledger, "topic", "old")
        sent.add("a", SENT)
        sent.topic_id = "new"
        sent.write()
        assert sent.find("a") is None
        sent.topic_id = "old"
        assert sent.find("a") == SENT


def test_rows_are_written_when_they_are_many_or_have_waited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        sent = SentLedger(ledger, "topic", "id")
        for number in range(sent_ledger.BATCH_FILES - 1):
            sent.add(str(number), SENT)
        sent.write_if_due()
        assert sent.waiting == sent_ledger.BATCH_FILES - 1
        sent.add("last", SENT)
        sent.write_if_due()
        assert sent.waiting == 0
        monkeypatch.setattr(sent_ledger, "BATCH_SECONDS", 0.0)
        sent.add("late", SENT)
        sent.write_if_due()
        assert sent.waiting == 0


def test_a_name_that_is_no_unicode_was_never_sent(tmp_path: Path) -> None:
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        assert SentLedger(ledger, "topic", "id").find(os.fsdecode(b"\xff")) is None


@pytest.mark.parametrize(("hashed_at", "racy"), [(3.1, False), (2.9, True), (0.5, True)])
def test_a_file_that_was_hashed_soon_after_it_changed_is_racy(hashed_at: float, racy: bool) -> None:
    assert SENT._replace(hashed_at=hashed_at).racy is racy


def test_rows_wait_for_space(tmp_path: Path) -> None:
    with mounted_small_disk(tmp_path, "300k") as disk, Ledger(disk, SENT_SCHEMA) as ledger:
        sent = SentLedger(ledger, "topic", "id")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(270_000))
        for number in range(300):
            sent.add(f"file {number}", SENT)
        sent.write()
        assert "full" in str(sent.trouble)
        assert sent.waiting == 300
        ballast.unlink()
        sent.write()
        assert (sent.trouble, sent.waiting) == (None, 0)
        assert sent.find("file 299") == SENT


def test_finding_costs_the_same_among_a_hundred_thousand_files(tmp_path: Path) -> None:
    with Ledger(tmp_path, SENT_SCHEMA) as ledger:
        sent = SentLedger(ledger, "topic", "id")
        few = _seconds_to_add_and_find(sent, 0)
        for number in range(100_000):
            sent.add(f"some/directory/spectrum_{number:06}.dat", SENT)
        sent.write()
        many = _seconds_to_add_and_find(sent, 100_000)
    assert many < 5 * few + 0.1


def _seconds_to_add_and_find(sent: SentLedger, first: int) -> float:
    begun = time.perf_counter()
    for number in range(first, first + 1000):
        sent.add(f"some/directory/spectrum_{number:06}.dat", SENT)
    sent.write()
    for number in range(first, first + 1000):
        assert sent.find(f"some/directory/spectrum_{number:06}.dat") == SENT
    return time.perf_counter() - begun
