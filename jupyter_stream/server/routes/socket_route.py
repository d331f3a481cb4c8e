"""What the WebSocket routes have in common: who may use them, and a thread for each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import msgspec
from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.websocket import WebSocketMixin
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from jupyter_stream.errors import StreamError
from jupyter_stream.formats.close_code import CloseCode
from jupyter_stream.server.refusal import Refusal, refusal_of
from jupyter_stream.server.routes.shared_route import SharedRoute

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.inspector import Inspector

LARGEST_MESSAGE = 4096


class Work(Protocol):
    """What runs in a thread for one page."""

    def run(self, inspector: Inspector) -> None:
        """Do everything, until it is done or stopped; messages go to the page meanwhile.

        Parameters
        ----------
        inspector
            Asks the cluster.
        """

    def stop(self) -> None:
        """Let `run` end soon; from any thread."""

    def hear(self, message: bytes) -> None:
        """Take in a message of the page.

        Parameters
        ----------
        message
            What came.

        Raises
        ------
        MsgspecError
            It is no message of ours.
        """


class SocketRoute(WebSocketMixin, WebSocketHandler, SharedRoute):
    """Works for a page, in a thread of its cluster's."""

    max_message_size = LARGEST_MESSAGE

    @ws_authenticated
    async def get(self, cluster: str, topic: str) -> None:
        """Let in who may read, and asks for what can be.

        Parameters
        ----------
        cluster, topic
            What was sent.
        """
        allowed = self.authorizer.is_authorized(self, self.current_user, "read", self.auth_resource)
        if not await ensure_async(allowed):
            raise HTTPError(
                403, f"User is not authorized to read on resource: {self.auth_resource}"
            )
        self._work = self.make_work(self.topic(topic))
        self._cluster = await self.served.clusters.find(cluster)
        await super().get(cluster, topic)

    def make_work(self, topic: str) -> Work:
        """Make the work that the page asks for.

        Parameters
        ----------
        topic
            The topic, which may be seen.

        Raises
        ------
        BadParameter
            It asks for what cannot be.
        """
        raise NotImplementedError

    def open(self, *_arguments: str) -> None:
        """Begin."""
        super().open()
        self.set_nodelay(True)
        self._loop = asyncio.get_running_loop()
        self._outbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._write())]

    async def on_message(self, message: str | bytes) -> None:
        """Take in a message of the page.

        Parameters
        ----------
        message
            What came.
        """
        if self.ws_connection is None:
            return  # What was refused is heard no more.
        try:
            self._work.hear(message.encode() if isinstance(message, str) else message)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            self.close(CloseCode.NOT_UNDERSTOOD, "not a message")

    def on_close(self) -> None:
        """Let the thread end."""
        self._work.stop()

    def send(self, message: bytes) -> None:
        """Send a message to the page; from any thread.

        Parameters
        ----------
        message
            A JSON text.
        """
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._outbox.put_nowait, message)

    async def _run(self) -> None:
        try:
            self._cluster.check_given_up()
            await self._cluster.streams.run(lambda: self._cluster.answered(self._work.run))
        except StreamError as error:
            self._tell(refusal_of(error))
        except Refusal as error:
            self._tell(error)
        except Exception:
            self.log.exception("A stream of records has ended")
            self._tell(Refusal(500, "something unforeseen happened in the Jupyter server"))
        self._outbox.put_nowait(None)

    def _tell(self, refusal: Refusal) -> None:
        self._outbox.put_nowait(msgspec.json.encode({"type": "error", **refusal.content()}))

    async def _write(self) -> None:
        """Write what is in the outbox; how much that is, the window or the budget bounds."""
        try:
            while (message := await self._outbox.get()) is not None:
                await self.write_message(message.decode())
        except WebSocketClosedError:
            self._work.stop()
        self.close()
