"""The routes of files that came in chunks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.place import Before, Newest
from jupyter_stream.server.files.chunked_file import (  # noqa: TC001 - the document is made of it
    FileRow,
)
from jupyter_stream.server.files.content import FileWanted, read_file
from jupyter_stream.server.files.listing import FileListing
from jupyter_stream.server.files.places_parameter import read_places
from jupyter_stream.server.parameters import read_whole
from jupyter_stream.server.records.cursor import write_cursor
from jupyter_stream.server.records.place_parameter import read_place
from jupyter_stream.server.refusal import BadParameter
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.attachment import begin_attachment, send_bytes
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.routes.guarded import reading

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.kafka.inspection.inspector import Inspector

MOST_FILES = 200
USUAL_FILES = "50"
FILES_SECONDS = 3.0
_HASH = re.compile(r"[0-9a-f]{128}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Some files of a topic.

    Attributes
    ----------
    files
        They, the one with the newest chunk first.
    other_records
        How many records that were read are no chunks.
    damaged_records
        How many are chunks that cannot be read.
    scanned_bytes
        How much was read.
    complete
        Whether all was read to the end of the topic.
    before, after
        Cursor to go on at, in the direction of reading; None if all was read.
    """

    files: list[FileRow]
    other_records: int
    damaged_records: int
    scanned_bytes: int
    complete: bool
    before: str | None
    after: str | None


class FilesRoute(ApiRoute):
    """Lists the files of a topic."""

    @reading
    async def get(self, cluster: str, topic: str) -> None:
        """Answer with files."""
        name, place, partition = self.topic(topic), read_place(self.parameter), self.partition()
        limit = read_whole("limit", self.parameter("limit") or USUAL_FILES, 1, MOST_FILES)
        limits = self.served.limits
        down = isinstance(place, Newest | Before)

        def read(inspector: Inspector) -> FilesPage:
            partitions = chosen_partitions(inspector, name, partition)
            with inspector.pages.scan(name, partitions, place) as scan:
                found = FileListing(
                    scan,
                    down=down,
                    limit=limit,
                    max_bytes=limits.search_bytes,
                    max_seconds=FILES_SECONDS,
                ).find()
                rest = write_cursor(found.rest)
                return FilesPage(
                    files=found.rows,
                    other_records=found.others,
                    damaged_records=found.damaged,
                    scanned_bytes=scan.bytes,
                    complete=rest is None,
                    before=rest if down else None,
                    after=None if down else rest,
                )

        self.answer(await self.ask(cluster, read))


class FileContentRoute(ApiRoute):
    """Gives the content of a file."""

    @reading
    async def get(self, cluster: str, topic: str) -> None:
        """Answer with the file."""
        name = self.topic(topic)
        sha512 = self.parameter("sha512") or ""
        if not _HASH.fullmatch(sha512):
            raise BadParameter("sha512", "must be 128 hexadecimal digits in lower case")
        wanted = FileWanted(
            name, read_places(self.parameter("places") or ""), bytes.fromhex(sha512)
        )
        limits = self.served.limits

        def read(inspector: Inspector) -> ReceivedFile:
            for partition in wanted.stretches:
                chosen_partitions(inspector, name, partition)
            return read_file(
                inspector.pages,
                wanted,
                limits.file_bytes,
                limits.search_bytes,
                limits.search_seconds,
            )

        file = await self.ask(cluster, read)
        begin_attachment(self, file.name, file.size)
        await send_bytes(self, file.data)
        self.finish(set_content_type="application/octet-stream")
