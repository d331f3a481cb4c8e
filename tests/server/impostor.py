"""WebSocket servers on loopback that are no kernel's relay."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from jupyter_stream.formats.ticket import Purpose, Ticket, write_ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME = bytes(2**20)


class Silent(WebSocketHandler):
    """Never says a word."""

    def on_message(self, message: str | bytes) -> None:
        """Leave it."""


class Echo(WebSocketHandler):
    """Shows the server its own ticket."""

    async def on_message(self, message: str | bytes) -> None:
        """Say the same."""
        await self.write_message(message)


class Former(WebSocketHandler):
    """Shows the server what the kernel once proved itself with."""

    proof = ""

    async def on_message(self, message: str | bytes) -> None:  # noqa: ARG002
        """Answer with the old proof."""
        await self.write_message(type(self).proof)


class Flood(WebSocketHandler):
    """Knows the key, and sends frames as fast as they are taken, without any window."""

    sent = 0
    key = b""

    async def on_message(self, message: str | bytes) -> None:
        """Answer the ticket, then send frames until the connection closes."""
        from jupyter_stream.formats.ticket import _ticket  # noqa: PLC0415 - a forger's way in

        ticket: Ticket = _ticket(str(message).partition(".")[0].encode())
        await self.write_message(
            write_ticket(ticket._replace(purpose=Purpose.KERNEL), type(self).key)
        )
        try:
            while True:
                await self.write_message(FRAME, binary=True)
                type(self).sent += 1
        except WebSocketClosedError:
            return


@contextmanager
def listening(handler: type[WebSocketHandler]) -> Iterator[int]:
    """Listen with a handler in a thread, and give the port."""
    sockets = bind_sockets(0, "127.0.0.1")
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve() -> None:
        server = HTTPServer(Application([("/", handler)], log_function=lambda _: None))
        server.add_sockets(sockets)
        await ended.wait()
        server.stop()
        await server.close_all_connections()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve())

    thread = Thread(target=run)
    thread.start()
    try:
        yield sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
