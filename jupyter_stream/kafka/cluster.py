"""A cluster that was connected to: its topics, and readers and writers for them."""

from __future__ import annotations

import difflib
import time
from threading import Lock
from typing import TYPE_CHECKING, Literal

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from jupyter_stream.errors import ClusterUnreachable, ProfileError, TopicNotCreated, TopicNotFound
from jupyter_stream.kafka.client import client_properties, likely_cause
from jupyter_stream.kafka.reader import TopicReader
from jupyter_stream.kafka.writer import RecordWriter

if TYPE_CHECKING:
    from jupyter_stream.kafka.profile import Profile

Start = Literal["earliest", "latest"]

ANSWER_SECONDS = 8.0
CREATE_SECONDS = 30.0
POLL_SECONDS = 0.2


class Cluster:
    """A Kafka cluster.

    Parameters
    ----------
    profile
        Which cluster, and how to talk to it.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._last_error = ""
        self._lock = Lock()
        try:
            self._admin = AdminClient(client_properties(profile, {}, self._note))
        except KafkaException as error:
            raise ProfileError(f"profile {profile.name!r}: {error.args[0].str()}") from None

    def __repr__(self) -> str:
        return f"<Cluster {self.description}>"

    @property
    def description(self) -> str:
        """The name of the profile, if it has one, and the address."""
        name = self.profile.name
        return name if name == self.bootstrap else f"{name} at {self.bootstrap}"

    @property
    def bootstrap(self) -> str:
        """The address of the cluster."""
        return self.profile.bootstrap

    def topics(self, timeout: float = ANSWER_SECONDS) -> dict[str, int]:
        """Return the number of partitions of each topic; internal topics are left out.

        Parameters
        ----------
        timeout
            Seconds to wait for the cluster's answer.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        with self._lock:
            topics = self._all_topics(timeout)
        return {name: count for name, count in sorted(topics.items()) if not name.startswith("__")}

    def partitions(self, topic: str) -> int:
        """Return the number of partitions of a topic.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic; the text names the nearest ones.
        ClusterUnreachable
            No broker answers.
        """
        topics = self.topics()
        if topic not in topics:
            raise TopicNotFound(_not_found(topic, list(topics), self.bootstrap))
        return topics[topic]

    def create_topic(self, topic: str, partitions: int | None = None) -> bool:
        """Create a topic if it is not there.

        Parameters
        ----------
        topic
            Name of the topic.
        partitions
            How many partitions; the cluster's own default if not given.

        Returns
        -------
        bool
            Whether it was created just now.

        Raises
        ------
        TopicNotCreated
            The cluster refused, for example because the name is not allowed.
        """
        new = NewTopic(topic, num_partitions=partitions or -1, replication_factor=-1)
        try:
            created = self._admin.create_topics([new], operation_timeout=CREATE_SECONDS)
            created[topic].result(CREATE_SECONDS)
        except KafkaException as error:
            if error.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS:
                return False
            raise TopicNotCreated(
                f"topic {topic!r} could not be created: {error.args[0].str()}"
            ) from None
        self._await_topic(topic)
        return True

    def reader(self, topic: str, start: Start) -> TopicReader:
        """Open a reader of all partitions of a topic.

        Parameters
        ----------
        topic
            Name of the topic.
        start
            "earliest" for all that the topic holds, "latest" for what is written from now on.
        """
        return TopicReader(self.profile, topic, latest=start == "latest")

    def writer(self) -> RecordWriter:
        """Open a writer of records."""
        return RecordWriter(self.profile)

    def _await_topic(self, topic: str) -> None:
        """Wait until a topic that was created is known; brokers hear of it one after another."""
        deadline = time.monotonic() + CREATE_SECONDS
        while topic not in self.topics():
            if time.monotonic() > deadline:
                raise TopicNotCreated(f"topic {topic!r} was created, but does not appear")

    def _all_topics(self, timeout: float) -> dict[str, int]:
        self._last_error = ""
        deadline = time.monotonic() + timeout
        # Short calls instead of one long: only between calls does librdkafka tell of errors.
        while True:
            try:
                topics = self._admin.list_topics(timeout=POLL_SECONDS).topics
                return {name: len(topic.partitions) for name, topic in topics.items()}
            except KafkaException as error:
                self._admin.poll(0)
                if time.monotonic() > deadline or self._hopeless():
                    message = self._last_error or error.args[0].str()
                    raise ClusterUnreachable(
                        f"no Kafka broker answers at {self.bootstrap}: {likely_cause(message)}"
                    ) from None

    def _hopeless(self) -> bool:
        return any(word in self._last_error.lower() for word in ("refused", "resolve", "authent"))

    def _note(self, error: KafkaError) -> None:
        # "All brokers down" says less than the error of the broker before it.
        if error.code() != KafkaError._ALL_BROKERS_DOWN:  # noqa: SLF001 - the client's public name
            self._last_error = error.str()


def _not_found(topic: str, topics: list[str], bootstrap: str) -> str:
    near = difflib.get_close_matches(topic, topics, 3, 0.5)
    start = f"there is no topic {topic!r} at {bootstrap}"
    if near:
        return f"{start}; did you mean {' or '.join(near)}?"
    listed = f"topics there: {', '.join(topics[:10])}" if topics else "there are no topics yet"
    return f"{start} ({listed})"
