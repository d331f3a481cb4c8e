"""Seeing now and then whether a topic is there, which partitions it has, and what is gone of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from confluent_kafka import KafkaException

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.kafka.topic_consumer import TopicConsumer

METADATA_SECONDS = 5.0
ENDS_SECONDS = 2.0
CHECK_SECONDS = 1.0


class TopicCheck:
    """Looks after a topic that is being read.

    `lost` counts the records that the cluster deleted before they were read, `restarted` the
    partitions that were found shorter than what had been read of them.

    Parameters
    ----------
    consumer
        Reads the topic; its `trouble` is kept up to date.
    """

    def __init__(self, consumer: TopicConsumer) -> None:
        self.lost = 0
        self.restarted = 0
        self._consumer = consumer
        self._checked = self._listed = self._seen_ends = time.monotonic()

    def partitions(self) -> set[int] | None:
        """Return the partitions of the topic, if it is time to look and the cluster answers."""
        now = time.monotonic()
        troubled = self._consumer.trouble and now > self._checked + CHECK_SECONDS
        if not troubled and now <= self._listed + METADATA_SECONDS:
            return None
        self._checked = self._listed = now
        return self._look()

    def look_at_ends(self) -> None:
        """See where the partitions end, if it is time to look and the cluster answers."""
        consumer, now = self._consumer, time.monotonic()
        if consumer.trouble or now <= self._seen_ends + ENDS_SECONDS:
            return
        self._seen_ends = now
        try:
            consumer.look_at_ends(CHECK_SECONDS)
        except KafkaException as error:
            consumer.note(error.args[0])

    def within(self, wanted: Mapping[int, int]) -> dict[int, int]:
        """Return for each partition the nearest offset to go on at, and count what is gone.

        Parameters
        ----------
        wanted
            The offset to go on at, by partition; negative for the first one, whichever it is.

        Raises
        ------
        KafkaException
            No answer, or a refusal.
        """
        offsets = self._consumer.offsets
        lows, highs = offsets.lows(wanted), offsets.highs(wanted)
        return {
            partition: self._nearest(offset, lows[partition], highs[partition])
            for partition, offset in wanted.items()
        }

    def behind_what_is_gone(self, ends: dict[int, int]) -> dict[int, int]:
        """Return where to go on in partitions whose next offset is gone; nothing as yet if unknown.

        Parameters
        ----------
        ends
            Where partitions ended when reading began; those that hold that no more are taken out.
        """
        consumer = self._consumer
        before = {partition: consumer.next[partition] for partition in consumer.outrun}
        try:
            within = self.within(before)
        except KafkaException as error:
            consumer.note(error.args[0])
            return {}
        consumer.outrun.clear()
        for partition, offset in within.items():
            if offset < before[partition]:
                ends.pop(partition, None)
        return within

    def _nearest(self, offset: int, low: int, high: int) -> int:
        if offset > high:
            self.restarted += 1
            return low
        # Of a partition not yet begun nobody has waited for a certain record.
        if 0 <= offset < low:
            self.lost += low - offset
        return max(offset, low)

    def _look(self) -> set[int] | None:
        consumer = self._consumer
        try:
            partitions = consumer.offsets.partitions(CHECK_SECONDS)
        except KafkaException as error:
            # The trouble as it was told first says more than that there is still no answer.
            if consumer.trouble is None:
                consumer.note(error.args[0])
            return None
        # What the cluster refuses for good is told once, and stays so until something comes.
        consumer.trouble = next(iter(consumer.refused.values()), None)
        if not partitions:
            consumer.trouble = f"topic {consumer.topic!r} is not there any more"
        return partitions
