"""The rows of what was received: what they cover, which version stays, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import LedgerNotWritten
from jupyter_stream.files.ledger import Ledger
from jupyter_stream.files.receiving.assembly import FileIdentity
from jupyter_stream.files.receiving.memory_sink import HeldContent
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.files.receiving.received_ledger import (
    POSITIONS_SCHEMA,
    RECEIVED_SCHEMA,
    REFUSED_SCHEMA,
    ReceivedLedger,
)
from jupyter_stream.files.receiving.register import Completion
from jupyter_stream.files.receiving.version import Version
from jupyter_stream.kafka.record import Record

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = (FileIdentity("topic", "a", bytes([number]) * 64) for number in (1, 2))


def opened(folder: Path, topic_id: str = "id") -> ReceivedLedger:
    ledger = Ledger(folder, RECEIVED_SCHEMA, POSITIONS_SCHEMA, REFUSED_SCHEMA)
    return ReceivedLedger(ledger, "topic", topic_id=topic_id)


@pytest.fixture
def register(tmp_path: Path) -> ReceivedLedger:
    return opened(tmp_path)


def completion(
    identity: FileIdentity, offset: int, *, mtime: float | None = None, newest: bool = True
) -> Completion:
    file = ReceivedFile(
        identity.path, 1, "", mtime, "topic", 0, offset, HeldContent(memoryview(b"1"))
    )
    return Completion(
        identity=identity,
        version=Version(mtime, "topic", {0: offset - 1}),
        last_offsets={0: offset},
        size=1,
        completed_by=(0, offset),
        file=file if newest else None,
        is_newest=newest,
    )


def test_a_known_file_is_covered_after_a_restart(register: ReceivedLedger, tmp_path: Path) -> None:
    assert len(register.enter([completion(OLD, 5)], {0: 6})) == 1
    again = opened(tmp_path)
    assert again.covers(OLD, 0, 3), "read before"
    assert again.covers(OLD, 0, 100), "still the newest"
    assert not again.covers(NEW, 0, 100)
    assert again.positions() == {0: 6}


def test_an_old_content_that_returns_after_another_is_a_new_file(
    register: ReceivedLedger,
) -> None:
    register.enter([completion(OLD, 5)], {})
    register.enter([completion(NEW, 7)], {})
    assert register.covers(OLD, 0, 5)
    assert not register.covers(OLD, 0, 9)
    assert len(register.enter([completion(OLD, 9)], {})) == 1
    assert register.covers(OLD, 0, 20)
    assert not register.covers(NEW, 0, 20)


def test_a_repetition_that_was_seen_is_covered_after_another_version(
    register: ReceivedLedger, tmp_path: Path
) -> None:
    register.enter([completion(OLD, 5)], {})
    assert register.covers(OLD, 0, 8)
    register.enter([completion(NEW, 10)], {})
    assert opened(tmp_path).covers(OLD, 0, 8)


def test_what_another_process_entered_meanwhile_is_not_new(
    register: ReceivedLedger, tmp_path: Path
) -> None:
    other = opened(tmp_path)
    assert len(register.enter([completion(OLD, 5)], {})) == 1
    assert other.enter([completion(OLD, 5)], {}) == []


def test_what_others_entered_is_learned_before_the_next_batch(
    register: ReceivedLedger, tmp_path: Path
) -> None:
    register.enter([completion(FileIdentity("topic", "b", bytes(64)), 1)], {})
    other = opened(tmp_path)
    other.refresh()
    assert not other.covers(OLD, 0, 5)
    register.enter([completion(OLD, 5, mtime=200.0)], {})
    other.refresh()
    assert other.covers(OLD, 0, 5)
    assert other.is_superseded(NEW, Version(100.0, "topic", {0: 50}))


def test_what_was_entered_here_is_known_at_once(register: ReceivedLedger) -> None:
    register.refresh()
    register.enter([completion(OLD, 5)], {})
    assert register.covers(OLD, 0, 5)
    register.turn_to("made anew")
    register.refresh()
    assert not register.covers(OLD, 0, 5)


def test_the_newer_version_stays_after_a_restart(register: ReceivedLedger, tmp_path: Path) -> None:
    register.enter([completion(NEW, 7, mtime=200.0)], {})
    again = opened(tmp_path)
    assert again.is_superseded(OLD, Version(100.0, "topic", {0: 50}))
    assert not again.is_superseded(OLD, Version(300.0, "topic", {0: 2}))
    assert again.is_superseded(OLD, Version(200.0, "topic", {0: 2})), "by its position"


def test_a_superseded_file_does_not_become_the_newest(register: ReceivedLedger) -> None:
    register.enter([completion(NEW, 7, mtime=200.0)], {})
    assert register.enter([completion(OLD, 9, mtime=100.0, newest=False)], {}) == []
    assert register.covers(NEW, 0, 100)
    assert not register.covers(OLD, 0, 100)


def test_topics_do_not_know_of_each_other(register: ReceivedLedger, tmp_path: Path) -> None:
    register.enter([completion(OLD, 5)], {0: 6})
    other = opened(tmp_path, "another id")
    assert not other.covers(OLD, 0, 5)
    assert other.positions() == {}


def test_refused_records_are_kept_with_their_heads_and_only_the_newest(
    register: ReceivedLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_stream.files.receiving.received_ledger.MOST_REFUSED", 3)
    for offset in range(5):
        record = Record("topic", 0, offset, None, b"k" * 2000, bytes(3000))
        register.refuse(0, offset, "BadChunk: no", record)
        register.enter([], {})
    register.refuse(0, 4, "BadChunk: no", None)
    register.enter([], {})
    ledger = Ledger(tmp_path, REFUSED_SCHEMA)
    rows = list(ledger.rows("SELECT offset, length(key_head), length(value_head) FROM refused"))
    assert rows == [(3, 1024, 1024), (4, None, 0)]


def test_after_a_failure_what_others_entered_is_seen(
    register: ReceivedLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.enter([completion(NEW, 1)], {})
    register.refresh()
    other = opened(tmp_path)
    other.enter([completion(OLD._replace(path="b"), 5)], {})
    with monkeypatch.context() as patch:
        patch.setattr(
            "jupyter_stream.files.receiving.received_ledger._KNOWN", "SELECT nothing FROM nowhere"
        )
        with pytest.raises(LedgerNotWritten):
            register.covers(NEW, 0, 0)
    assert register.covers(OLD._replace(path="b"), 0, 3)
