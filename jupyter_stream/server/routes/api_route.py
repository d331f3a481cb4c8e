"""What the routes that answer with JSON have in common."""

from __future__ import annotations

from http.client import responses
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from jupyter_stream.server.parameters import read_partition, read_topic
from jupyter_stream.server.refusal import BadParameter, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.inspection.inspector import Inspector
    from jupyter_stream.server.served import Served

Answer = TypeVar("Answer")
Body = TypeVar("Body")

LARGEST_BODY = 4 * 2**20


class ApiRoute(APIHandler):
    """Answers with JSON, also about errors: message, reason and remedy."""

    auth_resource = "jupyter_stream"
    # The page asks every few seconds, which is no sign of a user.
    _track_activity = False

    def initialize(self, served: Served) -> None:
        """Keep what all routes share.

        Parameters
        ----------
        served
            What is served.
        """
        self.served = served

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

    def parameter(self, name: str) -> str | None:
        """Return a parameter of the address; None if it is not there.

        Parameters
        ----------
        name
            Its name.
        """
        return self.get_query_argument(name, None, strip=False)

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

    def topic(self, text: str) -> str:
        """Return a topic that may be seen.

        Parameters
        ----------
        text
            What was sent.

        Raises
        ------
        BadParameter
            No topic may be called so.
        Refusal
            It may not be seen.
        """
        return self.served.rules.check(read_topic(text))

    def partition(self) -> int | None:
        """Return the partition that is asked for; None for all.

        Raises
        ------
        BadParameter
            It is no number.
        """
        return read_partition(self.parameter("partition") or "all")

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

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell of an error as the page shows it; of an unforeseen one nothing but that."""
        error = kwargs.get("exc_info", (None, None))[1]
        content = {"message": responses.get(status_code, "error"), "reason": None, "remedy": None}
        if isinstance(error, Refusal):
            content = error.content()
        elif isinstance(error, HTTPError):
            content["message"] = error.log_message or content["message"]
        else:
            content["reason"] = "something unforeseen happened in the Jupyter server"
            content["remedy"] = "Look at the log of the Jupyter server, and tell us of it."
        self.finish(msgspec.json.encode(content))
