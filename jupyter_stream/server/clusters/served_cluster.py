"""One cluster, for all requests: one client, a few threads, and whether it answers."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from jupyter_stream.errors import ClusterUnreachable, LocalBrokerError, ProfileError, StreamError
from jupyter_stream.kafka.inspection.inspector import Inspector
from jupyter_stream.server.clusters.source import LocalBrokerStopped
from jupyter_stream.server.clusters.state import ClusterEntry, State
from jupyter_stream.server.clusters.workers import Workers
from jupyter_stream.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.server.clusters.source import Source

THREADS = 4
MOST_WAITING = 64
# Tails and searches hold a thread as long as they last.
MOST_STREAMS = 12
CHECK_SECONDS = 5.0
# So long what is known to be unreachable is not asked again.
GIVEN_UP_SECONDS = 4.0

Answer = TypeVar("Answer")


class ServedCluster:
    """A cluster that routes ask; for use on the event loop.

    `in_transition` is whether it is being started or stopped, of which its entry tells.

    Parameters
    ----------
    name
        What it is called.
    source
        Finds it.
    """

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self.in_transition = False
        self.workers = Workers(name, THREADS, MOST_WAITING)
        self.streams = Workers(name, MOST_STREAMS, 0)
        self._source = source
        self._lock = Lock()
        self._inspector: Inspector | None = None
        self._state = State.CONNECTING
        self._reason: str | None = None
        self._bootstrap: str | None = None
        self._told = float("-inf")
        self._used = time.monotonic()
        self._checking = False

    @property
    def entry(self) -> ClusterEntry:
        """What is known of it."""
        return ClusterEntry(
            self.name, self._bootstrap, self._source.kind, self._state, self._reason
        )

    @property
    def idle_seconds(self) -> float:
        """How long nobody has asked it."""
        return time.monotonic() - self._used

    async def ask(self, question: Callable[[Inspector], Answer], *, anew: bool = False) -> Answer:
        """Ask the cluster, in a thread.

        Parameters
        ----------
        question
            Blocks until the answer is there.
        anew
            Ask also if it was unreachable a moment ago.

        Raises
        ------
        StreamError
            It cannot be asked, or answers with a refusal.
        Refusal
            Too many wait for it.
        """
        self._used = time.monotonic()
        if not anew:
            self.check_given_up()
        return await self.workers.run(lambda: self.answered(question))

    def check_given_up(self) -> None:
        """Refuse at once if the cluster was unreachable a moment ago.

        Raises
        ------
        ClusterUnreachable
            It was.
        """
        lately = time.monotonic() < self._told + GIVEN_UP_SECONDS
        if lately and self._state is State.UNREACHABLE:
            raise ClusterUnreachable(self._reason)

    async def check(self) -> None:
        """Ask whether it is there, unless that was told a moment ago."""
        self._used = time.monotonic()
        if self._checking or time.monotonic() < self._told + CHECK_SECONDS:
            return
        self._checking = True
        try:
            await self.workers.run(lambda: self.answered(self._look))
        except (StreamError, Refusal):
            # The entry tells.
            pass
        finally:
            self._checking = False

    def answered(self, question: Callable[[Inspector], Answer]) -> Answer:
        """Ask the cluster, in this thread, and note how it is.

        Parameters
        ----------
        question
            What blocks.

        Raises
        ------
        StreamError
            It cannot be asked, or answers with a refusal.
        """
        try:
            answer = question(self.inspector())
        except LocalBrokerStopped as error:
            self._heard(State.STOPPED, str(error))
            raise
        except (ClusterUnreachable, ProfileError, LocalBrokerError) as error:
            self._heard(State.UNREACHABLE, str(error))
            raise
        except StreamError:
            self._heard(State.CONNECTED, None)
            raise
        self._heard(State.CONNECTED, None)
        return answer

    def inspector(self) -> Inspector:
        """Return the client that all share; for use in a thread.

        Raises
        ------
        StreamError
            The cluster cannot be asked.
        """
        with self._lock:
            profile = self._source.profile(self._known())
            self._bootstrap = profile.bootstrap
            if self._inspector is None or self._inspector.profile != profile:
                self._drop()
                self._inspector = Inspector(profile, self._source.sizes)
            return self._inspector

    def note(self, state: State, reason: str | None) -> None:
        """Keep how the cluster is.

        Parameters
        ----------
        state
            Whether it can be asked.
        reason
            Why not, or what is being done.
        """
        self._state, self._reason, self._told = state, reason, time.monotonic()

    def forget(self) -> None:
        """Close the connections; the next question opens new ones."""
        with self._lock:
            self._drop()

    def close(self) -> None:
        """Close all."""
        self.workers.close()
        self.streams.close()
        self.forget()

    def _look(self, inspector: Inspector) -> None:
        if self._state is State.CONNECTED:
            inspector.check()
        else:
            inspector.listing(fresh=True)

    def _heard(self, state: State, reason: str | None) -> None:
        if self.in_transition:
            return
        # Why a start failed says more than that nothing runs.
        stays = state is State.STOPPED and self._state is State.STOPPED
        self.note(state, self._reason if stays else reason)

    def _known(self) -> Profile | None:
        # What did not work may have been corrected.
        if self._inspector is None or self._state is State.UNREACHABLE:
            return None
        return self._inspector.profile

    def _drop(self) -> None:
        if self._inspector is not None:
            self._inspector.close()
        self._inspector = None
