"""The route that gives records as a file."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

import msgspec

from jupyter_stream.server.export.columns import FIELD, MOST_COLUMNS, USUAL, is_column
from jupyter_stream.server.export.export import ExportWanted, export
from jupyter_stream.server.export.writers import make_writer
from jupyter_stream.server.parameters import read_partition, shown
from jupyter_stream.server.records.place_parameter import read_from
from jupyter_stream.server.refusal import BadParameter
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.attachment import begin_attachment
from jupyter_stream.server.routes.guarded import reading

# Whoever takes nothing for so long is gone.
PATIENCE_SECONDS = 60.0


class ExportAsked(msgspec.Struct, rename={"start": "from"}):
    """What to export."""

    format: Literal["csv", "jsonl", "parquet"]
    start: str = "earliest"
    partition: int | str = "all"
    limit: Annotated[int, msgspec.Meta(ge=1)] | None = None
    columns: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST_COLUMNS)] = (
        msgspec.field(default_factory=lambda: list(USUAL))
    )


class ExportRoute(ApiRoute):
    """Streams records as CSV, JSON lines or Parquet."""

    @reading
    async def post(self, cluster: str, topic: str) -> None:
        """Answer with a file."""
        name, asked = self.topic(topic), self.body(ExportAsked)
        wanted = self._wanted(name, asked)
        writer = make_writer(asked.format, wanted.columns)
        found = await self.served.clusters.find(cluster)
        found.check_given_up()
        loop = asyncio.get_running_loop()

        def write(piece: bytes) -> None:
            asyncio.run_coroutine_threadsafe(self._send(piece), loop).result(PATIENCE_SECONDS)

        begin_attachment(self, f"{name}.{asked.format}")
        await found.streams.run(
            lambda: found.answered(lambda inspector: export(inspector, wanted, writer, write))
        )
        self.finish(set_content_type="application/octet-stream")

    async def _send(self, piece: bytes) -> None:
        if piece:
            self.write(piece)
            await self.flush()

    def _wanted(self, topic: str, asked: ExportAsked) -> ExportWanted:
        for column in asked.columns:
            if not is_column(column):
                raise BadParameter("columns", f"has no {shown(column)}; fields are {FIELD}NAME")
        limits = self.served.limits
        return ExportWanted(
            topic=topic,
            partition=read_partition(str(asked.partition)),
            place=read_from(asked.start),
            columns=asked.columns,
            limit=min(asked.limit or limits.export_records, limits.export_records),
            max_bytes=limits.export_bytes,
            max_seconds=limits.export_seconds,
        )
