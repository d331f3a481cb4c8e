"""One connection of the Jupyter server to the kernel, for one view."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.close_code import CloseCode
from jupyter_stream.formats.ticket import Purpose, Ticket, read_ticket, write_ticket
from jupyter_stream.notebook.relay_link import RelayLink

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from types import TracebackType

    from jupyter_stream.notebook.relay_guest import RelayGuest
    from jupyter_stream.notebook.relay_server import RelayServer

LARGEST_MESSAGE = 64 * 1024
MOST_CONNECTIONS = 64
INTRODUCTION_SECONDS = 5.0

logger = logging.getLogger("jupyter_stream.notebook")


class RelayConnection(WebSocketHandler):
    """Lets the Jupyter server in by its ticket; then frames go one way, messages the other.

    Everything here runs in the relay's thread.
    """

    max_message_size = LARGEST_MESSAGE

    def initialize(self, server: RelayServer) -> None:
        """Begin with nobody at the other end.

        Parameters
        ----------
        server
            Who listens.
        """
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._guest: RelayGuest | None = None
        self._link = RelayLink(self, self._loop)
        self.view: str | None = None
        self.closed: asyncio.Future[None] = self._loop.create_future()

    def prepare(self) -> None:
        """Refuse pages of browsers, which name an origin, and more connections than of use."""
        if "Origin" in self.request.headers:
            raise HTTPError(403)
        if len(self._server.connections) >= MOST_CONNECTIONS:
            raise HTTPError(503)

    def open(self, *_: str, **__: str) -> None:
        """Wait for the Jupyter server's ticket, but not for long."""
        self._server.connections.add(self)
        self._deadline = self._loop.call_later(
            INTRODUCTION_SECONDS, self.close, CloseCode.REFUSED, "no ticket"
        )
        self.set_nodelay(True)

    def on_message(self, message: str | bytes) -> Awaitable[None] | None:
        """Take the ticket in, or a message of the browser.

        Parameters
        ----------
        message
            What came.
        """
        if self.ws_connection is None:
            return None  # What was refused is heard no more, also while the other end goes on.
        if self._guest is None:
            return self._admit(message)
        self._pass_on(self._guest, message)
        return None

    def on_close(self) -> None:
        """Give the view back to its comm."""
        self.leave()
        self._server.connections.discard(self)
        self.closed.set_result(None)

    def say_goodbye(self) -> None:
        """Close the connection, since the view is gone or goes another way."""
        self.close(CloseCode.GONE, "the view goes another way")

    def leave(self) -> None:
        """Have no view any more."""
        self._deadline.cancel()
        if self._guest is not None:
            self._guest.detach(self._link)
            self._guest = None

    async def deliver(self, message: str | bytes) -> None:
        """Send a frame, or a ticket, unless the connection is closed.

        Parameters
        ----------
        message
            A frame's bytes, or a ticket's text.
        """
        with suppress(WebSocketClosedError):
            await self.write_message(message, binary=isinstance(message, bytes))

    def post(self, frame: bytes) -> None:
        """Send a frame without waiting for it to go out, unless the connection is closed.

        Parameters
        ----------
        frame
            The frame.
        """
        with suppress(WebSocketClosedError):
            # A task of our own that waits for this one would cost as much again.
            self.write_message(frame, binary=True).add_done_callback(_left_alone)

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log an exception where it is not printed into a cell.

        Parameters
        ----------
        typ
            Its class.
        value
            The exception.
        tb
            Where it was raised.
        """
        if typ is not None and value is not None and not isinstance(value, HTTPError):
            logger.error("a relay was closed by a failure", exc_info=(typ, value, tb))

    async def _admit(self, message: str | bytes) -> None:
        try:
            ticket = self._checked(message)
            guest = self._server.guest(ticket.view)
        except FormatError as error:
            logger.warning("a connection to the relay was refused: %s", error)
            self.close(CloseCode.REFUSED, "refused")
            return
        self._deadline.cancel()
        self.view = ticket.view
        self._guest = guest
        guest.attach(self._link)
        # This goes before all frames: they come to this thread's loop, which waits for it here.
        answer = ticket._replace(purpose=Purpose.KERNEL)
        await self.deliver(write_ticket(answer, self._server.key))

    def _checked(self, message: str | bytes) -> Ticket:
        now = time.time()
        if not isinstance(message, str):
            raise FormatError("bytes are no ticket")
        ticket = read_ticket(message, self._server.key, Purpose.SERVER, now)
        if ticket.port != self._server.port:
            raise FormatError("the ticket is for another port")
        self._server.spent.spend(ticket, now)
        return ticket

    def _pass_on(self, guest: RelayGuest, message: str | bytes) -> None:
        data = _readable(message)
        if data is None:
            self.close(CloseCode.NOT_UNDERSTOOD, "not a message")
        else:
            guest.receive(data)


def _left_alone(sent: asyncio.Future[None]) -> None:
    """Look at how the sending went, lest asyncio print that the connection was closed."""
    if not sent.cancelled():
        sent.exception()


def _readable(message: str | bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
