"""What all routes have in common: reading parameters, and telling of errors."""

from __future__ import annotations

from http.client import responses
from typing import TYPE_CHECKING, Any

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from jupyter_stream.server.parameters import read_partition, read_topic
from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from jupyter_stream.server.served import Served


class SharedRoute(JupyterHandler):
    """Reads parameters; tells of errors by JSON: message, reason and remedy."""

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

    def parameter(self, name: str) -> str | None:
        """Return a parameter of the address; None if it is not there.

        Parameters
        ----------
        name
            Its name.
        """
        return self.get_query_argument(name, None, strip=False)

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
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(content))
