"""The kernel's end of the relay: a WebSocket server on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.nonces import SpentNonces
from jupyter_stream.notebook.relay_connection import RelayConnection

if TYPE_CHECKING:
    from jupyter_stream.notebook.relay_guest import RelayGuest

LOOPBACK = "127.0.0.1"
GOODBYE_SECONDS = 1.0


class RelayServer:
    """Listens at a port that the system chooses; only the Jupyter server can do something there.

    Parameters
    ----------
    key
        The kernel's connection key, which both ends prove to know.
    """

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.guests: dict[str, RelayGuest] = {}
        self.connections: set[RelayConnection] = set()
        self.spent = SpentNonces()
        self._sockets = bind_sockets(0, LOOPBACK)
        self.port: int = self._sockets[0].getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = Thread(target=self._run, name="jupyter_stream relay", daemon=True)
        self._thread.start()

    def guest(self, view: str) -> RelayGuest:
        """Return a view.

        Parameters
        ----------
        view
            Its identity.

        Raises
        ------
        FormatError
            There is no such view any more.
        """
        guest = self.guests.get(view)
        if guest is None:
            raise FormatError("the view that the ticket is for is not there")
        return guest

    def disconnect(self, view: str) -> None:
        """Close the connections to a view; safe in any thread.

        Parameters
        ----------
        view
            Identity of the view.
        """
        self._loop.call_soon_threadsafe(self._disconnect, view)

    def stop(self) -> None:
        """Close all connections, and listen no more; safe in any thread."""
        self._loop.call_soon_threadsafe(self._ended.set)

    def _disconnect(self, view: str) -> None:
        for connection in tuple(self.connections):
            if connection.view == view:
                connection.say_goodbye()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        application = Application(
            [("/", RelayConnection, {"server": self})],
            # Tornado's log of requests would be printed into a cell.
            log_function=lambda _: None,
        )
        http = HTTPServer(application)
        http.add_sockets(self._sockets)
        await self._ended.wait()
        http.stop()
        await self._say_goodbye()
        await http.close_all_connections()

    async def _say_goodbye(self) -> None:
        for connection in tuple(self.connections):
            connection.say_goodbye()
        if self.connections:
            ends = [connection.closed for connection in self.connections]
            await asyncio.wait(ends, timeout=GOODBYE_SECONDS)
        for connection in tuple(self.connections):
            connection.leave()
