"""A long way to a broker: what goes through it is delayed, or held for good."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Self

LOOPBACK = "127.0.0.1"


class SlowProxy:
    """Forwards connections to a port; for use as a context manager.

    Attributes
    ----------
    target
        The port of the broker.
    delay
        Seconds that everything takes, each way.
    held_request
        The kind of request (Kafka's api key) that never arrives; None if all do.
    """

    def __init__(self) -> None:
        self.target = 0
        self.delay = 0.0
        self.held_request: int | None = None
        self._listening = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listening.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, sock=self._listening)

    async def _close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(
        self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        try:
            from_broker, to_broker = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            to_client.close()
            return
        for source, sink in ((from_client, to_broker), (from_broker, to_client)):
            task = asyncio.create_task(self._forward(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                # A request starts with its length in four bytes, and its kind in two.
                if int.from_bytes(data[4:6]) != self.held_request:
                    await asyncio.sleep(self.delay)
                    sink.write(data)
        except OSError:
            pass
        finally:
            sink.close()
