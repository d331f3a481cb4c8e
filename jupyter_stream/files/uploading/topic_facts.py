"""Noticing that a topic was deleted and made again, or takes other records now."""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import StreamError

if TYPE_CHECKING:
    from jupyter_stream.kafka.cluster import Cluster

ASK_SECONDS = 30.0


class TopicFacts(NamedTuple):
    """What an upload has to know of its topic.

    Attributes
    ----------
    topic_id
        What stays the same as long as the topic is not made again.
    partitions
        Their number.
    record_limit
        How many bytes it takes at once; None if that is not known.
    """

    topic_id: str
    partitions: int
    record_limit: int | None


def ask_facts(cluster: Cluster, topic: str) -> TopicFacts:
    """Ask a cluster about a topic.

    Parameters
    ----------
    cluster, topic
        Where to look, and for which name.

    Raises
    ------
    TopicNotFound
        There is no such topic.
    ClusterUnreachable
        No broker answers.
    """
    return TopicFacts(
        cluster.topic_id(topic), cluster.partitions(topic), cluster.record_limit(topic)
    )


class TopicFactsWatch:
    """Asks again and again, in a thread of its own because answers may take their time.

    Parameters
    ----------
    cluster, topic
        Where to look, and for which name.
    known
        The topic as it was.
    """

    def __init__(self, cluster: Cluster, topic: str, known: TopicFacts) -> None:
        self._cluster = cluster
        self._topic = topic
        self._known = known
        self._lock = Lock()
        self._new: TopicFacts | None = None
        self._wake = Event()
        self._closed = False

    def start(self) -> None:
        """Begin to ask."""
        # Nothing waits for it at the end: an answer that is not there yet is not wanted then.
        Thread(target=self._ask, name="jupyter_stream topic facts", daemon=True).start()

    def take(self) -> TopicFacts | None:
        """Give the topic as it is, if something is different since the last time; else None."""
        with self._lock:
            new, self._new = self._new, None
        return new

    def ask_now(self) -> None:
        """Ask once more, because something happened."""
        self._wake.set()

    def close(self) -> None:
        """Ask no more."""
        self._closed = True
        self._wake.set()

    def _ask(self) -> None:
        while True:
            self._wake.wait(ASK_SECONDS)
            self._wake.clear()
            if self._closed:
                return
            try:
                self._compare(ask_facts(self._cluster, self._topic))
            except StreamError:
                continue  # The upload itself tells that the topic or the broker is away.

    def _compare(self, facts: TopicFacts) -> None:
        if facts != self._known:
            with self._lock:
                self._known = self._new = facts
