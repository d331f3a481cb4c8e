"""The route of the relay: frames of a kernel to one of its views, messages the other way."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from jupyter_stream.errors import FormatError
from jupyter_stream.formats.close_code import CloseCode
from jupyter_stream.formats.ticket import Purpose, Ticket, read_ticket
from jupyter_stream.server.introduction import read_introduction
from jupyter_stream.server.kernel_end import KernelEnd

if TYPE_CHECKING:
    from jupyter_stream.formats.nonces import SpentNonces

LARGEST_MESSAGE = 64 * 1024
INTRODUCTION_SECONDS = 5.0


class RelayRoute(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """Relays for users who may run code, to views that a kernel gave a ticket.

    Nothing is kept here: the next frame is read when the one before was taken by the network, and
    the next message when the kernel took the one before.
    """

    auth_resource = "jupyter_stream"
    max_message_size = LARGEST_MESSAGE

    def initialize(self, spent: SpentNonces) -> None:
        """Begin with no kernel at the other end.

        Parameters
        ----------
        spent
            The tickets that were used.
        """
        self._spent = spent
        self._kernel: KernelEnd | None = None
        self._pump: asyncio.Task[None] | None = None

    @ws_authenticated
    async def get(self) -> None:
        """Let in who may use this route, and kernels."""
        for resource in (self.auth_resource, "kernels"):
            allowed = self.authorizer.is_authorized(self, self.current_user, "execute", resource)
            if not await ensure_async(allowed):
                raise HTTPError(403)
        await super().get()

    def open(self) -> None:
        """Wait for the browser to introduce itself, but not for long."""
        super().open()
        self._deadline = asyncio.get_running_loop().call_later(
            INTRODUCTION_SECONDS, self.close, CloseCode.REFUSED, "no ticket"
        )
        self.set_nodelay(True)

    async def on_message(self, message: str | bytes) -> None:
        """Take the introduction in, or a message for the kernel.

        Parameters
        ----------
        message
            What came.
        """
        if self.ws_connection is None:
            return  # What was refused is heard no more, also while the other end goes on.
        if self._kernel is None:
            await self._introduced(message)
        elif isinstance(message, str):
            await self._pass_on(self._kernel, message)
        else:
            self.close(CloseCode.NOT_UNDERSTOOD, "not a message")

    def on_close(self) -> None:
        """Close the kernel's end too."""
        self._deadline.cancel()
        if self._pump is not None:
            self._pump.cancel()
        if self._kernel is not None:
            self._kernel.close()

    async def _introduced(self, message: str | bytes) -> None:
        self._deadline.cancel()
        try:
            ticket, key = self._checked(message)
            kernel = await KernelEnd.open(ticket, key)
        except FormatError as error:
            self.log.warning("A relay was refused: %s", error)
            self.close(CloseCode.REFUSED, "refused")
            return
        except ConnectionError as error:
            self.log.info("A kernel cannot be relayed, frames go over its comm: %s", error)
            self.close(CloseCode.UNREACHABLE, "the kernel cannot be reached")
            return
        if self.ws_connection is None:
            kernel.close()
            return
        self._kernel = kernel
        self._pump = asyncio.create_task(self._relay_frames(kernel))

    def _checked(self, message: str | bytes) -> tuple[Ticket, bytes]:
        """Return a browser's ticket, and the key of the kernel that wrote it."""
        introduction = read_introduction(message)
        if introduction.kernel not in self.kernel_manager:
            raise FormatError("there is no such kernel")
        key = self.kernel_manager.get_kernel(introduction.kernel).session.key
        now = time.time()
        ticket = read_ticket(introduction.ticket, key, Purpose.VIEW, now)
        self._spent.spend(ticket, now)
        return ticket, key

    async def _pass_on(self, kernel: KernelEnd, message: str) -> None:
        try:
            await kernel.send(message)
        except WebSocketClosedError:
            self.close(CloseCode.GONE, "the kernel has closed the relay")

    async def _relay_frames(self, kernel: KernelEnd) -> None:
        try:
            await self.write_message({"type": "open"})
            async for frame in kernel.frames():
                await self.write_message(frame, binary=True)
        except WebSocketClosedError:
            return
        self.close(CloseCode.GONE, "the kernel has closed the relay")
