"""Noticing that a topic was deleted and made again under its name."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from jupyter_stream.errors import StreamError

if TYPE_CHECKING:
    from jupyter_stream.kafka.cluster import Cluster

CHECK_SECONDS = 5.0


class TopicIdentity:
    """Asks now and then which topic has a name.

    A topic that was made anew and filled quickly goes on beyond the offsets of the old one; what
    comes before them would be passed over.

    Parameters
    ----------
    cluster
        Where the topic is.
    topic
        Its name.
    """

    def __init__(self, cluster: Cluster, topic: str) -> None:
        self._cluster = cluster
        self._topic = topic
        self._known: str | None = None
        self._asked = 0.0

    def has_changed(self) -> bool:
        """Tell whether it is another topic than the last time; False where nobody can tell."""
        if time.monotonic() < self._asked + CHECK_SECONDS:
            return False
        self._asked = time.monotonic()
        try:
            told = self._cluster.topic_id(self._topic)
        except StreamError:
            return False
        # A cluster that does not tell identities gives the name.
        if told.endswith(f"/{self._topic}"):
            return False
        before, self._known = self._known, told
        return before not in (None, told)
