"""The routes of one record: as text, as bytes, and as numbers to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.kafka.inspection.budget import Budget
from jupyter_stream.server.parameters import MOST_PARTITIONS, read_choice, read_whole
from jupyter_stream.server.records.preview import preview_of
from jupyter_stream.server.records.reading import AUTO, CHOICES
from jupyter_stream.server.records.shown_record import show_record
from jupyter_stream.server.refusal import Refusal
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.attachment import begin_attachment, send_bytes
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.routes.guarded import reading

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.kafka.record import Record

LONGEST_TEXT = 1_000_000
LEAST_POINTS, MOST_POINTS = 16, 256


class At(NamedTuple):
    """Where a record stands."""

    topic: str
    partition: int
    offset: int


class RecordRoute(ApiRoute):
    """Gives one record with up to a million signs of text."""

    @reading
    async def get(self, cluster: str, topic: str, partition: str, offset: str) -> None:
        """Answer with the record."""
        at = self.place(topic, partition, offset)
        form = read_choice("as", self.parameter("as") or AUTO, CHOICES)
        self.answer(
            await self.ask(cluster, lambda one: show_record(self.read(one, at), form, LONGEST_TEXT))
        )

    def place(self, topic: str, partition: str, offset: str) -> At:
        """Read where the record stands.

        Parameters
        ----------
        topic, partition, offset
            What was sent.

        Raises
        ------
        BadParameter
            One of them cannot be.
        Refusal
            The topic may not be seen.
        """
        number = read_whole("partition", partition, 0, MOST_PARTITIONS)
        return At(self.topic(topic), number, read_whole("offset", offset))

    def read(self, inspector: Inspector, at: At) -> Record:
        """Read the record; for use in a thread.

        Parameters
        ----------
        inspector
            Asks the cluster.
        at
            Where it stands.

        Raises
        ------
        StreamError
            There is none, or the cluster does not give it.
        """
        chosen_partitions(inspector, at.topic, at.partition)
        limits = self.served.limits
        budget = Budget(limits.page_bytes, limits.page_seconds)
        return inspector.pages.record(*at, budget)


class ValueRoute(RecordRoute):
    """Gives the bytes of a record's value."""

    @reading
    async def get(self, cluster: str, topic: str, partition: str, offset: str) -> None:
        """Answer with a file."""
        at = self.place(topic, partition, offset)
        value = (await self.ask(cluster, lambda one: self.read(one, at))).value
        if value is None:
            raise Refusal(404, "the record has no value")
        begin_attachment(self, f"{at.topic}-{at.partition}-{at.offset}.bin", len(value))
        await send_bytes(self, value)
        self.finish(set_content_type="application/octet-stream")


class PreviewRoute(RecordRoute):
    """Gives what can be drawn of a record."""

    @reading
    async def get(self, cluster: str, topic: str, partition: str, offset: str) -> None:
        """Answer with numbers."""
        at = self.place(topic, partition, offset)
        form = read_choice("as", self.parameter("as") or AUTO, CHOICES)
        wanted = self.parameter("points") or str(MOST_POINTS)
        points = read_whole("points", wanted, LEAST_POINTS, MOST_POINTS)
        self.answer(
            await self.ask(cluster, lambda one: preview_of(self.read(one, at).value, form, points))
        )
