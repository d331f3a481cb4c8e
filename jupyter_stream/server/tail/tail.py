"""Following a topic for one page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import msgspec

from jupyter_stream.kafka.reader import TopicReader
from jupyter_stream.server.records.cursor import write_cursor
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.tail.batch import batches
from jupyter_stream.server.tail.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.kafka.inspection.place import Place
    from jupyter_stream.kafka.record import Record
    from jupyter_stream.server.tail.batch import Batch

READ_SECONDS = 0.1
REPORT_SECONDS = 1.0


class Heard(msgspec.Struct):
    """What the page says."""

    type: Literal["ack", "pause", "resume"]
    sequence: int = 0


class Tail:
    """Sends records to a page as they come, as fast as it shows them.

    Parameters
    ----------
    topic
        Name of the topic.
    place
        Where to begin; `Newest` is behind the last record of now.
    form
        In which format to read the values.
    partition
        Of which partition; None for all.
    send
        Sends a message to the page.
    """

    def __init__(
        self,
        topic: str,
        place: Place,
        form: str,
        partition: int | None,
        send: Callable[[bytes], None],
    ) -> None:
        self._topic = topic
        self._place = place
        self._partition = partition
        self._form = form
        self._send = send
        self._window = Window()
        self._at: dict[int, int] = {}
        self._told: tuple[str | None, int] | None = None
        self._report_due = 0.0

    def stop(self) -> None:
        """Let `run` end soon."""
        self._window.stop()

    def hear(self, message: bytes) -> None:
        """Take in a message of the page.

        Parameters
        ----------
        message
            What came.

        Raises
        ------
        MsgspecError
            It is no message of ours.
        """
        heard = msgspec.json.decode(message, type=Heard)
        if heard.type == "ack":
            self._window.acknowledge(heard.sequence)
        else:
            self._window.pause(paused=heard.type == "pause")

    def run(self, inspector: Inspector) -> None:
        """Follow the topic until `stop`.

        Parameters
        ----------
        inspector
            Asks the cluster.

        Raises
        ------
        StreamError
            The topic cannot be read.
        """
        pages = inspector.pages
        chosen = chosen_partitions(inspector, self._topic, self._partition)
        span = pages.span(self._topic, sorted(inspector.partitions(self._topic)))
        begin = pages.begin(self._topic, self._place, span)
        self._at = {
            number: min(max(begin.get(number, stretch.start), stretch.start), stretch.end)
            for number, stretch in span.items()
            if number in chosen
        }
        # Of the others, which are read too, no more than what comes from now on.
        ends = {number: stretch.end for number, stretch in span.items()}
        reader = TopicReader(inspector.profile, self._topic, {**ends, **self._at})
        try:
            while not self._window.stopped:
                self._step(inspector, reader)
        finally:
            reader.close()

    def _step(self, inspector: Inspector, reader: TopicReader) -> None:
        self._report(inspector, reader)
        if not self._window.wait(REPORT_SECONDS):
            return
        for batch in batches(self._chosen(reader.read(READ_SECONDS)), self._form):
            while not self._window.wait(REPORT_SECONDS):
                if self._window.stopped:
                    return
                self._report(inspector, reader)
            self._send_batch(batch)

    def _chosen(self, records: Iterable[Record]) -> Iterator[Record]:
        return (one for one in records if self._partition in {None, one.partition})

    def _send_batch(self, batch: Batch) -> None:
        for record in batch.records:
            self._at[record.partition] = record.offset + 1
        sequence = self._window.sent()
        after = msgspec.json.encode(write_cursor(self._at))
        head = b'{"type":"records","sequence":%d,"after":%b,"records":' % (sequence, after)
        self._send(head + batch.content + b"}")

    def _report(self, inspector: Inspector, reader: TopicReader) -> None:
        """Tell how it goes, and each second how many records wait."""
        trouble, lost = told = reader.trouble, reader.lost
        if told != self._told:
            self._told = told
            state = "running" if trouble is None else "trouble"
            self._tell({"type": "state", "state": state, "reason": trouble, "lost": lost})
        if trouble is None and time.monotonic() > self._report_due:
            self._tell({"type": "behind", "records": self._behind(inspector)})
            self._report_due = time.monotonic() + REPORT_SECONDS

    def _behind(self, inspector: Inspector) -> int:
        span = inspector.pages.span(self._topic, sorted(self._at))
        return sum(
            max(0, stretch.end - max(self._at[number], stretch.start))
            for number, stretch in span.items()
        )

    def _tell(self, message: dict[str, object]) -> None:
        self._send(msgspec.json.encode(message))
