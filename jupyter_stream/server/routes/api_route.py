"""What the routes that answer with JSON have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from jupyter_server.base.handlers import APIHandler

from jupyter_stream.server.refusal import BadParameter, Refusal
from jupyter_stream.server.routes.shared_route import SharedRoute

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.inspection.inspector import Inspector

Answer = TypeVar("Answer")
Body = TypeVar("Body")

LARGEST_BODY = 4 * 2**20


class ApiRoute(SharedRoute, APIHandler):
    """Answers with JSON."""

    def answer(self, content: object, status: int = 200) -> None:
        """Send an answer.

        Parameters
        ----------
        content
            What can be written as JSON, dataclasses among it.
        status
            The HTTP status.
        """
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish(msgspec.json.encode(content))

    def body(self, kind: type[Body]) -> Body:
        """Read the body of the request.

        Parameters
        ----------
        kind
            What it must hold.

        Raises
        ------
        BadParameter
            It is something else; the text names what.
        """
        if len(self.request.body) > LARGEST_BODY:
            raise Refusal(413, f"the body has more than {LARGEST_BODY} bytes")
        try:
            return msgspec.json.decode(self.request.body, type=kind)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise BadParameter("body", f"cannot be used: {str(error)[:200]}") from None

    async def ask(
        self, cluster: str, question: Callable[[Inspector], Answer], *, anew: bool = False
    ) -> Answer:
        """Ask a cluster, in a thread.

        Parameters
        ----------
        cluster
            Its name.
        question
            Blocks until the answer is there.
        anew
            Ask also if it was unreachable a moment ago.

        Raises
        ------
        StreamError
            It cannot be asked, or answers with a refusal.
        Refusal
            There is no such cluster, or too many wait for it.
        """
        found = await self.served.clusters.find(cluster)
        return await found.ask(question, anew=anew)
