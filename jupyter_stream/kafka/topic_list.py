"""The topics of a cluster, or why it does not answer."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from jupyter_stream.kafka.client import make_client, unreachable, without_connection

if TYPE_CHECKING:
    from confluent_kafka.admin import ClusterMetadata  # type: ignore[attr-defined]

    from jupyter_stream.kafka.profile import Profile

FIRST_CALL_SECONDS = 0.2
LONGEST_FIRST_CALL = 2.0
# How much longer each call is than the one before.
GROWTH = 4


class TopicList:
    """Asks a cluster for its topics; `admin` is the connection.

    Parameters
    ----------
    profile
        The cluster.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile) -> None:
        self._bootstrap = profile.bootstrap
        self._last_error = ""
        self._all_down = False
        # Of many topics the answer takes longer, every time.
        self._usual_seconds = 0.0
        self._lock = Lock()
        self.admin = make_client(AdminClient, profile, dict(profile.broker), self._note)

    def topics(self, timeout: float) -> dict[str, int]:
        """Return the number of partitions of each topic, Kafka's own topics among them.

        Parameters
        ----------
        timeout
            Seconds to wait for the cluster's answer.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        counts = {
            name: len(topic.partitions) for name, topic in self.metadata(timeout).topics.items()
        }
        # One without partitions is being made or deleted.
        return {name: count for name, count in counts.items() if count}

    def metadata(self, timeout: float) -> ClusterMetadata:
        """Return what the cluster tells of all its topics and brokers.

        Parameters
        ----------
        timeout
            Seconds to wait for the cluster's answer.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        deadline = time.monotonic() + timeout
        # One query at a time, so that each is told of its own errors.
        if not self._lock.acquire(timeout=timeout):
            raise unreachable(self._bootstrap, "")
        try:
            return self._queried(deadline)
        finally:
            self._lock.release()

    def _queried(self, deadline: float) -> ClusterMetadata:
        # Errors of before, that nobody has fetched since, say nothing of now.
        self.admin.poll(0)
        self._last_error = ""
        self._all_down = False
        patience = max(FIRST_CALL_SECONDS, min(LONGEST_FIRST_CALL, GROWTH * self._usual_seconds))
        # Several calls, because librdkafka tells of errors only between them. Each is longer than
        # the one before, because an answer that comes after the end of its call is lost.
        while True:
            left = max(0.0, deadline - time.monotonic())
            try:
                begin = time.monotonic()
                metadata = self.admin.list_topics(timeout=min(patience, left))
                self._usual_seconds = time.monotonic() - begin
            except KafkaException as error:
                self.admin.poll(0)
                if time.monotonic() > deadline or self._hopeless():
                    raise unreachable(
                        self._bootstrap, self._last_error or error.args[0].str()
                    ) from None
                patience *= GROWTH
            else:
                return metadata

    def _hopeless(self) -> bool:
        told = without_connection(self._last_error).lower()
        dead = self._all_down and any(word in told for word in ("refused", "resolve"))
        return dead or "authent" in told

    def _note(self, error: KafkaError) -> None:
        # "All brokers down" says less than the error of the broker before it.
        if error.code() == KafkaError._ALL_BROKERS_DOWN:  # noqa: SLF001 - the client's public name
            self._all_down = True
        else:
            self._last_error = error.str()
