"""The server's end of a relay to a kernel: both prove who they are before anything else is said."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Self

from tornado.httpclient import HTTPError
from tornado.websocket import WebSocketError, websocket_connect

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.ticket import Purpose, Ticket, new_ticket, read_ticket, write_ticket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tornado.websocket import WebSocketClientConnection

LARGEST_FRAME = 64 * 2**20
CONNECT_SECONDS = 5.0


class KernelEnd:
    """A connection to a kernel, for one view.

    Parameters
    ----------
    socket
        The WebSocket, of which nothing but the handshake was used.
    """

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket

    @classmethod
    async def open(cls, view: Ticket, key: bytes) -> Self:
        """Connect to the kernel that wrote a view's ticket.

        Parameters
        ----------
        view
            What the ticket says; it was checked.
        key
            The kernel's connection key.

        Raises
        ------
        ConnectionError
            Nothing listens there, or something else than this kernel.
        """
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                socket = await websocket_connect(
                    f"ws://127.0.0.1:{view.port}/", max_message_size=LARGEST_FRAME
                )
                await _introduce(socket, view, key)
        except (OSError, HTTPError, WebSocketError, FormatError) as error:
            raise ConnectionError(str(error) or type(error).__name__) from error
        return cls(socket)

    async def send(self, message: str) -> None:
        """Send a message of the view, and wait until it is on its way.

        Parameters
        ----------
        message
            The message.
        """
        await self._socket.write_message(message)

    async def frames(self) -> AsyncIterator[bytes]:
        """Give the frames, each when it is asked for, until the kernel closes its end."""
        while isinstance(frame := await self._socket.read_message(), bytes):
            yield frame

    def close(self) -> None:
        """Close both ends."""
        self._socket.close()


async def _introduce(socket: WebSocketClientConnection, view: Ticket, key: bytes) -> None:
    mine = new_ticket(Purpose.SERVER, view.view, view.port, time.time())
    try:
        await socket.write_message(write_ticket(mine, key))
        _check_answer(await socket.read_message(), mine, key)
    except BaseException:
        socket.close()
        raise


def _check_answer(answer: str | bytes | None, mine: Ticket, key: bytes) -> None:
    if not isinstance(answer, str):
        raise FormatError("who listens there did not introduce itself")
    theirs = read_ticket(answer, key, Purpose.KERNEL, time.time())
    if theirs.nonce != mine.nonce:
        raise FormatError("who listens there answered someone else")
