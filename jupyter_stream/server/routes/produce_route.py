"""Reading a record to be written from the body of a request."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from jupyter_stream.kafka.inspection.sending import Letter
from jupyter_stream.server.parameters import MOST_PARTITIONS
from jupyter_stream.server.refusal import BadParameter, Refusal
from jupyter_stream.server.routes.chosen import chosen_partitions
from jupyter_stream.server.routes.guarded import writing
from jupyter_stream.server.routes.records_route import RecordsRoute

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.kafka.inspection.sending import Written

MOST_HEADERS = 100


class NewRecord(msgspec.Struct):
    """A record to be written; texts are UTF-8, or bytes as base64."""

    value: str | None = None
    key: str | None = None
    headers: Annotated[list[tuple[str, str]], msgspec.Meta(max_length=MOST_HEADERS)] = []
    partition: Annotated[int, msgspec.Meta(ge=0, le=MOST_PARTITIONS)] | None = None
    encoding: Literal["text", "base64"] = "text"


class ProduceRoute(RecordsRoute):
    """Gives pages of records, and writes one, where that is allowed."""

    @writing
    async def post(self, cluster: str, topic: str) -> None:
        """Write a record, and answer with where it stands."""
        name = self.topic(topic)
        if not self.served.may_produce:
            raise Refusal(
                403,
                "records cannot be written from here",
                "this Jupyter server serves clusters read-only",
                "Ask who runs the Jupyter server (StreamServer.may_produce).",
            )
        letter = _letter(name, self.body(NewRecord))

        def write(inspector: Inspector) -> Written:
            chosen_partitions(inspector, name, letter.partition)
            return inspector.sender.send(letter)

        self.answer(await self.ask(cluster, write), 201)


def _letter(topic: str, new: NewRecord) -> Letter:
    headers = tuple((name, _bytes("headers", text, new.encoding)) for name, text in new.headers)
    key, value = (_bytes(name, getattr(new, name), new.encoding) for name in ("key", "value"))
    return Letter(topic, new.partition, key, value, headers)


def _bytes(name: str, text: str | None, encoding: str) -> bytes | None:
    if text is None:
        return None
    try:
        return b64decode(text, validate=True) if encoding == "base64" else text.encode()
    except (Base64Error, ValueError):
        raise BadParameter(name, f"is no {encoding}") from None
