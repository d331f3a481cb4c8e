"""The route of pages of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.budget import Budget
from jupyter_stream.server.parameters import read_choice, read_whole
from jupyter_stream.server.records.cursor import write_cursor
from jupyter_stream.server.records.place_parameter import read_place
from jupyter_stream.server.records.reading import AUTO, CHOICES
from jupyter_stream.server.records.shown_record import ShownRecord, show_record
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.routes.guarded import reading

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.inspector import Inspector

MOST_RECORDS = 500
USUAL_RECORDS = "100"


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A page of records.

    Attributes
    ----------
    records
        They; newest first for `newest` and `before`, else by time upwards.
    before
        Cursor of the older page; None if there is none.
    after
        Cursor of what comes behind this page, now or later.
    scanned_bytes
        How much was read.
    complete
        False if the budget ended before the page was full.
    """

    records: list[ShownRecord]
    before: str | None
    after: str
    scanned_bytes: int
    complete: bool


class RecordsRoute(ApiRoute):
    """Gives pages of records."""

    @reading
    async def get(self, cluster: str, topic: str) -> None:
        """Answer with a page."""
        name, place, partition = self.topic(topic), read_place(self.parameter), self.partition()
        limit = read_whole("limit", self.parameter("limit") or USUAL_RECORDS, 1, MOST_RECORDS)
        form = read_choice("as", self.parameter("as") or AUTO, CHOICES)
        limits = self.served.limits

        def read(inspector: Inspector) -> RecordsPage:
            partitions = chosen_partitions(inspector, name, partition)
            budget = Budget(limits.page_bytes, limits.page_seconds)
            page = inspector.pages.read(name, partitions, place, limit, budget)
            return RecordsPage(
                records=[show_record(record, form) for record in page.records],
                before=write_cursor(page.before),
                after=write_cursor(page.after) or "",
                scanned_bytes=page.scanned_bytes,
                complete=page.complete,
            )

        self.answer(await self.ask(cluster, read))
