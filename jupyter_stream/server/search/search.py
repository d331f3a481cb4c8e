"""A search for one page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Literal

import msgspec

from jupyter_stream.kafka.inspection.place import Before, Newest
from jupyter_stream.server.records.cursor import write_cursor
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.tail.batch import batches

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.kafka.inspection.place import Place
    from jupyter_stream.kafka.inspection.scan import Scan
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.server.search.match import Match

PROGRESS_SECONDS = 0.25


class Heard(msgspec.Struct):
    """What the page says."""

    type: Literal["stop"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to search for.

    Attributes
    ----------
    topic, partition
        Where; all partitions if None.
    place
        Where to begin; downwards from `Newest` and from `Before`, else upwards.
    form
        In which format to read the values that are shown.
    limit
        How many records to find at most.
    max_bytes, max_seconds
        How much may be read, and how long that may take.
    """

    topic: str
    partition: int | None
    place: Place
    form: str
    limit: int
    max_bytes: int
    max_seconds: float


class Search:
    """Searches, and tells what it finds and how far it is.

    Parameters
    ----------
    wanted
        Where to search, and how much.
    matches
        Whether a record is what is searched for.
    send
        Sends a message to the page.
    """

    def __init__(self, wanted: Wanted, matches: Match, send: Callable[[bytes], None]) -> None:
        self._wanted = wanted
        self._matches = matches
        self._send = send
        self._stop = Event()
        self._begin = time.monotonic()
        self._found = 0
        self._progress_due = 0.0

    def stop(self) -> None:
        """Let `run` end soon."""
        self._stop.set()

    def hear(self, message: bytes) -> None:
        """Take in a message of the page: there is but one.

        Parameters
        ----------
        message
            What came.

        Raises
        ------
        MsgspecError
            It is no message of ours.
        """
        msgspec.json.decode(message, type=Heard)
        self.stop()

    def run(self, inspector: Inspector) -> None:
        """Search until enough is found, all is read, the budget ends, or `stop`.

        Parameters
        ----------
        inspector
            Asks the cluster.

        Raises
        ------
        StreamError
            The topic cannot be read.
        """
        wanted = self._wanted
        self._begin = time.monotonic()
        partitions = chosen_partitions(inspector, wanted.topic, wanted.partition)
        with inspector.pages.scan(
            wanted.topic, partitions, wanted.place, self._stop.is_set
        ) as scan:
            reason, rest = self._searched(scan)
            self._tell_progress(scan)
            self._tell({"type": "end", "reason": reason, **rest})

    def _searched(self, scan: Scan) -> tuple[str, dict[str, str | None]]:
        """Return why the search ended, and the cursor to go on at."""
        for block in scan.blocks():
            left = self._wanted.limit - self._found
            found = [record for record in block if self._matches(record)]
            self._tell_found(found[:left])
            if len(found) >= left:
                return "limit", self._behind(found[left - 1], block, scan)
            if time.monotonic() > self._progress_due:
                self._tell_progress(scan)
            if scan.bytes >= self._wanted.max_bytes or self._seconds >= self._wanted.max_seconds:
                return ("done", {}) if scan.done else ("budget", self._rest(scan))
        return ("stopped" if self._stop.is_set() else "done"), self._rest(scan)

    def _behind(self, last: Record, block: list[Record], scan: Scan) -> dict[str, str | None]:
        """Return the cursor behind the last record that was shown."""
        at = dict(scan.at)
        shown = True
        for record in block:
            if not shown:
                # The first of each partition that was not looked at: go on there.
                here = record.offset + 1 if self._down else record.offset
                at[record.partition] = (max if self._down else min)(at[record.partition], here)
            shown = shown and record is not last
        return self._cursor(at)

    @property
    def _down(self) -> bool:
        return isinstance(self._wanted.place, Newest | Before)

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._begin

    def _rest(self, scan: Scan) -> dict[str, str | None]:
        return {} if scan.done else self._cursor(scan.at)

    def _cursor(self, at: dict[int, int]) -> dict[str, str | None]:
        return {"before" if self._down else "after": write_cursor(at)}

    def _tell_found(self, records: list[Record]) -> None:
        self._found += len(records)
        for batch in batches(records, self._wanted.form):
            self._send(b'{"type":"found","records":' + batch.content + b"}")

    def _tell_progress(self, scan: Scan) -> None:
        self._progress_due = time.monotonic() + PROGRESS_SECONDS
        self._tell(
            {
                "type": "progress",
                "scanned": scan.offsets,
                "of": scan.total,
                "bytes": scan.bytes,
                "seconds": self._seconds,
            }
        )

    def _tell(self, message: dict[str, object]) -> None:
        self._send(msgspec.json.encode(message))
