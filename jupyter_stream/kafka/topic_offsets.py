"""What the cluster says of a topic's partitions: where they begin and end, where a group stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, KafkaError, KafkaException
from confluent_kafka import TopicPartition as Position

from jupyter_stream.kafka.client import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from confluent_kafka import Consumer as KafkaConsumer

# So long a member of a group may take no records, as it asks where the group stands.
GROUP_ANSWER_SECONDS = 4.0


class TopicOffsets:
    """Asks for the partitions of a topic, and for offsets in them.

    Parameters
    ----------
    client
        The connection.
    topic
        Name of the topic.
    """

    def __init__(self, client: KafkaConsumer, topic: str) -> None:
        self._client = client
        self._topic = topic

    def partitions(self, timeout: float = ANSWER_SECONDS) -> set[int]:
        """Return the partitions of the topic; none if there is no such topic.

        Parameters
        ----------
        timeout
            Seconds to wait for the answer.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        topic = self._client.list_topics(self._topic, timeout=timeout).topics[self._topic]
        if topic.error and topic.error.code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
            raise KafkaException(topic.error)
        return set(topic.partitions)

    def lows(self, partitions: Iterable[int]) -> dict[int, int]:
        """Return the first offset of each partition.

        Parameters
        ----------
        partitions
            Which.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        return self._for_times(partitions, OFFSET_BEGINNING)

    def highs(self, partitions: Iterable[int], timeout: float = ANSWER_SECONDS) -> dict[int, int]:
        """Return the offset behind the last record of each partition.

        Parameters
        ----------
        partitions
            Which.
        timeout
            Seconds to wait for the answer.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        return self._for_times(partitions, OFFSET_END, timeout)

    def at_time(self, partitions: Iterable[int], seconds: float) -> dict[int, int]:
        """Return the offset of each partition's first record of a time or later.

        Parameters
        ----------
        partitions
            Which; those that have no such record are left out.
        seconds
            The time in epoch seconds.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        found = self._for_times(partitions, max(0, int(seconds * 1000)))
        return {partition: offset for partition, offset in found.items() if offset >= 0}

    def committed(self, partitions: Iterable[int]) -> dict[int, int]:
        """Return the positions of the client's group; partitions without one are left out.

        Parameters
        ----------
        partitions
            Which.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        asked = self._asked(partitions, OFFSET_BEGINNING)
        told = _told(self._client.committed(asked, timeout=GROUP_ANSWER_SECONDS))
        return {partition: offset for partition, offset in told.items() if offset >= 0}

    def _for_times(
        self, partitions: Iterable[int], what: int, timeout: float = ANSWER_SECONDS
    ) -> dict[int, int]:
        # One question for all partitions; the two ends are asked for like times.
        asked = self._asked(partitions, what)
        return _told(self._client.offsets_for_times(asked, timeout=timeout)) if asked else {}

    def _asked(self, partitions: Iterable[int], what: int) -> list[Position]:
        return [Position(self._topic, partition, what) for partition in partitions]


def _told(answers: list[Position]) -> dict[int, int]:
    """Return the offset of each partition; raise what was answered instead of one."""
    for answer in answers:
        if answer.error:
            raise KafkaException(answer.error)
    return {answer.partition: answer.offset for answer in answers}
