"""What was received from a topic: the downloads' part of the ledger."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import LedgerNotWritten
from jupyter_stream.files.receiving.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jupyter_stream.files.ledger import Ledger
    from jupyter_stream.files.receiving.assembly import FileIdentity
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.register import Completion
    from jupyter_stream.kafka.record import Record

RECEIVED_SCHEMA = """
CREATE TABLE IF NOT EXISTS received(
    topic_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    path TEXT NOT NULL,
    sha512 BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime REAL,
    partition INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    first_offsets TEXT NOT NULL,
    last_offsets TEXT NOT NULL,
    newest INTEGER NOT NULL,
    completed_at REAL NOT NULL,
    PRIMARY KEY (topic_id, path, sha512)
) WITHOUT ROWID
"""
POSITIONS_SCHEMA = """
CREATE TABLE IF NOT EXISTS positions(
    topic_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    selection TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next_offset INTEGER NOT NULL,
    PRIMARY KEY (topic_id, selection, partition)
) WITHOUT ROWID
"""
REFUSED_SCHEMA = """
CREATE TABLE IF NOT EXISTS refused(
    topic_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    reason TEXT NOT NULL,
    key_head BLOB,
    value_head BLOB,
    value_size INTEGER NOT NULL,
    refused_at REAL NOT NULL,
    UNIQUE (topic_id, partition, offset)
)
"""
MOST_REFUSED = 10_000
_HEAD_BYTES = 1024
_KNOWN = """
SELECT last_offsets, newest FROM received WHERE topic_id = ? AND path = ? AND sha512 = ?
"""
_AMONG = "SELECT path, sha512 FROM received WHERE topic_id = ? AND path IN ({})"
_PATHS = "SELECT DISTINCT path FROM received WHERE topic_id = ?"
_NEWEST = """
SELECT mtime, first_offsets FROM received WHERE topic_id = ? AND path = ? AND newest
"""
_REPLACED = "UPDATE received SET newest = 0 WHERE topic_id = ? AND path = ? AND newest"
_SEEN_AGAIN = """
UPDATE received SET last_offsets = ? WHERE topic_id = ? AND path = ? AND sha512 = ?
"""
_KEEP = "INSERT OR REPLACE INTO received VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KEEP_POSITION = "INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?, ?)"
_KEEP_REFUSED = "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_TRIM = "DELETE FROM refused WHERE rowid <= (SELECT max(rowid) FROM refused) - ?"


class ReceivedLedger:
    """A register on disk: the files that were received from one topic.

    Parameters
    ----------
    ledger
        The ledger, opened with the three schemas of this module.
    topic
        Name of the topic.
    selection
        Which files are wanted, as a text: another selection has other positions.
    topic_id
        What stays the same as long as the topic is not deleted and made again; to be set before
        anything is asked.
    """

    def __init__(
        self, ledger: Ledger, topic: str, *, selection: str = "", topic_id: str = ""
    ) -> None:
        self._ledger = ledger
        self._topic = topic
        self._selection = selection
        self.topic_id = topic_id
        self._only_paths: set[int] | None = None
        self._version: int | None = None
        self._seen_again: dict[tuple[str, bytes], dict[int, int]] = {}
        self._refused: list[tuple[Any, ...]] = []

    def turn_to(self, topic_id: str) -> None:
        """Go on with the topic as it is now; it may have been made anew.

        Parameters
        ----------
        topic_id
            What it is now.
        """
        self.topic_id = topic_id
        self._only_paths = self._version = None
        self._seen_again.clear()

    def positions(self) -> dict[int, int]:
        """Give the offset of each partition at which the last download stopped."""
        query = "SELECT partition, next_offset FROM positions WHERE topic_id = ? AND selection = ?"
        return dict(self._ask(query, self.topic_id, self._selection))

    def refresh(self) -> None:
        """Learn what there is; to be called before each batch of records.

        As long as no other process writes to the ledger, its paths are known here (their hashes,
        to be exact), and only known ones are looked up. A path known by mistake costs a look.
        """
        ((version,),) = self._ask("PRAGMA data_version")
        if self._version is None:
            rows = self._ask(_PATHS, self.topic_id)
            self._only_paths = {hash(path) for (path,) in rows}
        elif version != self._version:
            self._only_paths = None
        self._version = version

    def covers(self, identity: FileIdentity, partition: int, offset: int) -> bool:
        """Tell whether a chunk repeats a file that was completed."""
        return not self._is_unknown(identity.path) and self._holds(identity, partition, offset)

    def _is_unknown(self, path: str) -> bool:
        return self._only_paths is not None and hash(path) not in self._only_paths

    def _holds(self, identity: FileIdentity, partition: int, offset: int) -> bool:
        place = (identity.path, identity.file_hash)
        for text, newest in self._ask(_KNOWN, self.topic_id, *place):
            last = {**_offsets(text), **self._seen_again.get(place, {})}
            if offset <= last.get(partition, -1):
                return True
            if newest:
                self._seen_again.setdefault(place, last)[partition] = offset
                return True
        return False

    def is_superseded(self, identity: FileIdentity, version: Version) -> bool:
        """Tell whether a newer version must stay in the place of this one."""
        if self._is_unknown(identity.path):
            return False
        for mtime, first_offsets in self._ask(_NEWEST, self.topic_id, identity.path):
            newest = Version(mtime, identity.topic, _offsets(first_offsets))
            return version.is_older_than(newest)
        return False

    def refuse(self, partition: int, offset: int, reason: str, record: Record | None) -> None:
        """Keep why something could not be used, with the next batch.

        Parameters
        ----------
        partition, offset
            Where it was.
        reason
            Why not.
        record
            The record, whose beginning is kept; None for a whole file.
        """
        key = record.key if record else None
        value = (record.value if record else None) or b""
        heads = (key and key[:_HEAD_BYTES], value[:_HEAD_BYTES], len(value))
        place = (self.topic_id, self._topic, partition, offset)
        self._refused.append((*place, reason, *heads, time.time()))
        del self._refused[:-MOST_REFUSED]

    def enter(
        self, completions: Sequence[Completion], positions: Mapping[int, int]
    ) -> list[ReceivedFile]:
        """Keep files, and where to go on after a restart, all or nothing; give those that are new.

        Parameters
        ----------
        completions
            Files that are in their place.
        positions
            The first offset of each partition that is not done.

        Raises
        ------
        LedgerNotWritten
            It could not be kept; it can be tried again.
        """
        with self._watched(), self._ledger.batch():
            self._write_seen_again()
            unknown = self._unknown(completions)
            self._keep(unknown)
            self._write_positions(positions)
            self._write_refused()
        if self._only_paths is not None:
            self._only_paths.update(hash(completion.identity.path) for completion in unknown)
        self._seen_again.clear()
        self._refused.clear()
        return [completion.file for completion in unknown if completion.file]

    def _unknown(self, completions: Sequence[Completion]) -> list[Completion]:
        """Leave out what another process has entered in the meantime."""
        paths = [completion.identity.path for completion in completions]
        marks = ", ".join("?" * len(paths))
        known = set(self._ask(_AMONG.format(marks), self.topic_id, *paths))
        return [
            completion
            for completion in completions
            if (completion.identity.path, completion.identity.file_hash) not in known
            or not self._holds(completion.identity, *completion.completed_by)
        ]

    def _keep(self, completions: Sequence[Completion]) -> None:
        replaced = [(self.topic_id, it.identity.path) for it in completions if it.is_newest]
        self._ledger.write(_REPLACED, replaced)
        self._ledger.write(_KEEP, [self._row(completion) for completion in completions])

    def _row(self, completion: Completion) -> tuple[Any, ...]:
        version = completion.version
        return (
            *(self.topic_id, self._topic, completion.identity.path, completion.identity.file_hash),
            *(completion.size, version.mtime, *completion.completed_by),
            *(_text(version.first_offsets), _text(completion.last_offsets)),
            *(completion.is_newest, time.time()),
        )

    def _ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with self._watched():
            return list(self._ledger.rows(query, parameters))

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Trust the ledger alone after a failure.

        Opened anew, it does not tell whether others wrote to it meanwhile.
        """
        try:
            yield
        except LedgerNotWritten:
            self._only_paths = None
            raise

    def _write_seen_again(self) -> None:
        rows = [
            (_text(last), self.topic_id, *place) for place, last in list(self._seen_again.items())
        ]
        self._ledger.write(_SEEN_AGAIN, rows)

    def _write_positions(self, positions: Mapping[int, int]) -> None:
        place = (self.topic_id, self._topic, self._selection)
        rows = [(*place, *position) for position in positions.items()]
        self._ledger.write(_KEEP_POSITION, rows)

    def _write_refused(self) -> None:
        if self._refused:
            self._ledger.write(_KEEP_REFUSED, self._refused)
            self._ledger.write(_TRIM, [(MOST_REFUSED,)])


def _text(offsets: Mapping[int, int]) -> str:
    return json.dumps({str(partition): offset for partition, offset in offsets.items()})


def _offsets(text: str) -> dict[int, int]:
    return {int(partition): offset for partition, offset in json.loads(text).items()}
