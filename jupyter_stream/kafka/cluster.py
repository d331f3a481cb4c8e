"""A cluster that was connected to: its topics, and readers and writers for them."""

from __future__ import annotations

import difflib
import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.cimpl import NewTopic

from jupyter_stream.errors import TopicNotCreated, TopicNotFound
from jupyter_stream.kafka.client import ANSWER_SECONDS, unreachable
from jupyter_stream.kafka.cluster_facts import ClusterFacts
from jupyter_stream.kafka.group_reader import GroupReader
from jupyter_stream.kafka.reader import TopicReader
from jupyter_stream.kafka.topic_list import TopicList
from jupyter_stream.kafka.writer import RecordWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.start import Start

CREATE_SECONDS = 30.0


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
        self._list = TopicList(profile)
        self._admin = self._list.admin
        self._facts = ClusterFacts(self._admin, profile.bootstrap)

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
        return _for_users(self._list.topics(timeout))

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
        topics = self._list.topics(ANSWER_SECONDS)
        if topic not in topics:
            raise TopicNotFound(_not_found(topic, list(_for_users(topics)), self.bootstrap))
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
        ClusterUnreachable
            No broker answers; within 10 s.
        """
        deadline = time.monotonic() + ANSWER_SECONDS
        # Who may write to a topic that is there need not be allowed to create any.
        if topic in self._list.topics(ANSWER_SECONDS):
            return False
        created = self._create(topic, partitions or -1, max(1.0, deadline - time.monotonic()))
        # Also if another made it just now: brokers hear of it one after another.
        self._await_topic(topic)
        return created

    def reader(self, topic: str, start: Start) -> TopicReader:
        """Open a reader of all partitions of a topic.

        Parameters
        ----------
        topic
            Name of the topic.
        start
            Where to start: "earliest", "latest", a time, a time span until now, an offset of
            every partition, or the offsets of certain partitions.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            The topic was deleted just now.
        UsageMistake
            The start is an offset that the topic does not have.
        """
        return TopicReader(self.profile, topic, start)

    def group_reader(
        self, topic: str, group: str, start: Start, *, on_revoked: Callable[[set[int]], None]
    ) -> GroupReader:
        """Join a consumer group that shares the partitions of a topic.

        Parameters
        ----------
        topic
            Name of the topic.
        group
            Name of the group.
        start
            Where to start in partitions of which the group has no position.
        on_revoked
            Called with partitions before they are given away, so that their offsets can be
            committed; also when they are lost already. It is called from within `read`,
            `keep_alive` and `close`, on their thread.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        TopicNotFound
            The topic was deleted just now.
        UsageMistake
            The start is an offset that the topic does not have.
        """
        return GroupReader(self.profile, topic, group, start, on_revoked)

    def group_members(self, group: str) -> int:
        """Return how many members a consumer group has; 0 if there is no such group.

        Parameters
        ----------
        group
            Name of the group.

        Raises
        ------
        ClusterUnreachable
            No broker answers, or the cluster does not tell.
        """
        return self._facts.group_members(group)

    def topic_id(self, topic: str) -> str:
        """Return what a topic is, beyond its name: one that was made anew is another.

        Where the cluster does not tell, the name has to do.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic.
        ClusterUnreachable
            No broker answers.
        """
        self.partitions(topic)
        return self._facts.topic_id(topic)

    def record_limit(self, topic: str) -> int | None:
        """Return how many bytes a topic takes at once; None if the cluster does not tell.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic.
        ClusterUnreachable
            No broker answers.
        """
        return self._facts.record_limit(topic)

    def writer(self, max_record_bytes: int | None = None) -> RecordWriter:
        """Open a writer of records.

        Parameters
        ----------
        max_record_bytes
            What the topic takes at once, see `record_limit`; 1 MB if not given.
        """
        return RecordWriter(self.profile, max_record_bytes)

    def _create(self, topic: str, partitions: int, timeout: float) -> bool:
        new = NewTopic(topic, num_partitions=partitions, replication_factor=-1)
        future = self._admin.create_topics(
            [new], operation_timeout=timeout, request_timeout=timeout
        )[topic]
        try:
            future.result()
        except KafkaException as error:
            reason = error.args[0]
            if reason.code() == KafkaError.TOPIC_ALREADY_EXISTS:
                return False
            if reason.code() == KafkaError._TIMED_OUT:  # noqa: SLF001 - the client's public name
                raise unreachable(self.bootstrap, reason.str()) from None
            raise TopicNotCreated(f"topic {topic!r} could not be created: {reason.str()}") from None
        return True

    def _await_topic(self, topic: str) -> None:
        """Wait until a topic that was created is known; brokers hear of it one after another."""
        deadline = time.monotonic() + CREATE_SECONDS
        while topic not in self._list.topics(ANSWER_SECONDS):
            if time.monotonic() > deadline:
                raise TopicNotCreated(f"topic {topic!r} was created, but does not appear")


def _for_users(topics: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in sorted(topics.items()) if not name.startswith("__")}


def _not_found(topic: str, topics: list[str], bootstrap: str) -> str:
    near = difflib.get_close_matches(topic, topics, 3, 0.5)
    start = f"there is no topic {topic!r} at {bootstrap}"
    if near:
        return f"{start}; did you mean {' or '.join(near)}?"
    listed = f"topics there: {', '.join(topics[:10])}" if topics else "there are no topics yet"
    return f"{start} ({listed})"
