"""Starting and stopping the local broker, in a thread."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from jupyter_stream.errors import StreamError
from jupyter_stream.server.clusters.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.local_broker import LocalBroker, Progress
    from jupyter_stream.server.clusters.served_cluster import ServedCluster

logger = logging.getLogger("jupyter_stream.server")


class LocalLife:
    """Starts and stops; one of them at a time.

    Parameters
    ----------
    broker
        The local broker.
    cluster
        The cluster that it is.
    """

    def __init__(self, broker: LocalBroker, cluster: ServedCluster) -> None:
        self._broker = broker
        self._cluster = cluster
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a start or a stop goes on."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin to start it; the entry of the cluster tells how that goes."""
        self._begin(self._started, "starting the local broker")

    def stop(self) -> None:
        """Begin to stop it."""
        self._begin(self._stopped, "stopping the local broker")

    def _begin(self, work: Callable[[], None], what: str) -> None:
        if self.busy:
            return
        self._cluster.in_transition = True
        self._cluster.note(State.CONNECTING, what)
        self._task = asyncio.create_task(self._done(work))

    async def _done(self, work: Callable[[], None]) -> None:
        try:
            await self._cluster.streams.run(work)
        except StreamError as error:
            logger.warning("The local broker: %s", error)
            self._cluster.note(State.STOPPED, str(error))
        finally:
            self._cluster.in_transition = False

    def _started(self) -> None:
        self._broker.start(self._tell)
        self._cluster.answered(lambda inspector: inspector.listing(fresh=True))
        self._cluster.note(State.CONNECTED, None)

    def _stopped(self) -> None:
        self._broker.stop()
        self._cluster.forget()
        self._cluster.note(State.STOPPED, None)

    def _tell(self, progress: Progress) -> None:
        share = f" ({progress.done * 100 // progress.total} %)" if progress.total else ""
        self._cluster.note(State.CONNECTING, f"{progress.step}{share}")
