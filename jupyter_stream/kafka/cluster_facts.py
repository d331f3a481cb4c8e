"""What a cluster tells of its topics and groups, beyond their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from confluent_kafka import KafkaException, TopicCollection
from confluent_kafka.admin import ConfigResource  # type: ignore[attr-defined]

from jupyter_stream.errors import ClusterRefused
from jupyter_stream.kafka.answers import answer
from jupyter_stream.kafka.client import ANSWER_SECONDS, unreachable

if TYPE_CHECKING:
    from concurrent.futures import Future

    from confluent_kafka.admin import AdminClient

MAX_RECORD = "max.message.bytes"

# Old clusters, and those between old and new, give every topic this one.
_NO_ID = "AAAAAAAAAAAAAAAAAAAAAA"


class ClusterFacts:
    """Asks a cluster; facts that it has or gives to nobody are None.

    Parameters
    ----------
    admin
        The connection.
    bootstrap
        The address, for error texts.
    """

    def __init__(self, admin: AdminClient, bootstrap: str) -> None:
        self._admin = admin
        self._bootstrap = bootstrap

    def topic_id(self, topic: str) -> str:
        """Return the identities of the cluster and the topic; the name in place of the latter.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            The broker that was asked does not know the topic, or not yet.
        ClusterUnreachable
            No broker answers.
        """
        asked = self._admin.describe_topics(
            TopicCollection([topic]), request_timeout=ANSWER_SECONDS
        )
        told = self._answer(asked[topic])
        known = told is not None and str(told.topic_id) != _NO_ID
        return f"{self._cluster_id()}/{told.topic_id if known else topic}"

    def record_limit(self, topic: str) -> int | None:
        """Return how many bytes a topic takes at once.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            The broker that was asked does not know the topic, or not yet.
        ClusterUnreachable
            No broker answers.
        """
        resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
        asked = self._admin.describe_configs([resource], request_timeout=ANSWER_SECONDS)
        told = self._answer(asked[resource])
        return int(told[MAX_RECORD].value) if told else None

    def group_members(self, group: str) -> int:
        """Return how many members a group has; 0 if there is no such group.

        Parameters
        ----------
        group
            Name of the group.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        asked = self._admin.describe_consumer_groups([group], request_timeout=ANSWER_SECONDS)
        told = self._answer(asked[group])
        return len(told.members) if told else 0

    def _cluster_id(self) -> str:
        try:
            return str(self._admin.list_topics(timeout=ANSWER_SECONDS).cluster_id)
        except KafkaException as error:
            raise unreachable(self._bootstrap, error.args[0].str()) from None

    def _answer(self, future: Future[Any]) -> Any:
        """Wait for an answer; None if the cluster refuses or does not understand."""
        try:
            return answer(future, self._bootstrap, ANSWER_SECONDS)
        except ClusterRefused:
            return None
