"""Writing the chunks of files to a topic, and hearing whether they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.files.partitioning import partition_of
from jupyter_stream.files.uploading.chunk_size import ENVELOPE_BYTES
from jupyter_stream.formats.chunk import chunk_key, pack_chunk

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.files.uploading.chunk_size import ChunkSize
    from jupyter_stream.files.uploading.sending import Sending
    from jupyter_stream.files.uploading.survey import Survey
    from jupyter_stream.files.uploading.topic_facts import TopicFacts
    from jupyter_stream.files.uploading.upload_counters import UploadCounters
    from jupyter_stream.formats.chunk import Chunk
    from jupyter_stream.kafka.cluster import Cluster

TOO_LARGE = "message size too large"


class Delivery:
    """Writes chunks; all of one file go to one partition, so a consumer group can share files.

    Parameters
    ----------
    cluster, topic
        Where to.
    facts
        What is known of the topic.
    chunk_size
        How large chunks may be, for this topic.
    counters
        Where records and bytes are counted.
    on_concluded
        Called when it is known of all chunks of a file whether they are stored.
    """

    def __init__(
        self,
        cluster: Cluster,
        topic: str,
        *,
        facts: TopicFacts,
        chunk_size: ChunkSize,
        counters: UploadCounters,
        on_concluded: Callable[[Sending, Survey], None],
    ) -> None:
        self._facts = facts
        self._chunk_size = chunk_size
        self.unacknowledged = 0
        self._cluster = cluster
        self._topic = topic
        self._counters = counters
        self._on_concluded = on_concluded
        self._made_for = facts
        self._writer = cluster.writer(facts.record_limit)

    @property
    def trouble(self) -> str | None:
        """Why no acknowledgements come; None if they come."""
        return self._writer.trouble

    @property
    def full(self) -> bool:
        """Whether as much is on its way as is allowed; nothing new before a change of writers."""
        return self._writer.full or (self._outdated and self.unacknowledged > 0)

    def poll(self, seconds: float) -> None:
        """Take in acknowledgements, and make a new writer in place of one that is dead.

        Parameters
        ----------
        seconds
            How long to wait for some.
        """
        self._writer.poll(seconds)
        if self._writer.dead or (self._outdated and not self.unacknowledged):
            # Closing refuses what was under way; these files are then sent again.
            self._writer.close()
            self._made_for = self._facts
            self._writer = self._cluster.writer(self._facts.record_limit)

    def write(self, chunk: Chunk, sending: Sending, surveyed: Survey) -> None:
        """Send a chunk on its way.

        Parameters
        ----------
        chunk
            The chunk.
        sending, surveyed
            The attempt that it belongs to, and its file.

        Raises
        ------
        WriteFailed
            It cannot be sent at all.
        """
        size = len(chunk.data)

        def delivered(refusal: str | None) -> None:
            self.unacknowledged -= 1
            self._counters.content_bytes += sending.take(refusal, size)
            if sending.concluded:
                self._on_concluded(sending, surveyed)

        value = pack_chunk(chunk)
        partition = partition_of(chunk.path, self._facts.partitions)
        self._writer.write(self._topic, partition, chunk_key(chunk), value, delivered)
        self.unacknowledged += 1
        sending.pending += 1
        self._counters.records += 1
        self._counters.bytes += len(value)
        self._writer.poll(0)

    @property
    def chunk_bytes(self) -> int:
        """Bytes of data in each chunk but the last, for files that are begun now."""
        return self._chunk_size.bytes

    def follow(self, facts: TopicFacts) -> None:
        """Take in that something is different with the topic.

        Parameters
        ----------
        facts
            The topic as it is now.
        """
        if facts.record_limit != self._facts.record_limit:
            self._chunk_size.follow(facts.record_limit)
        self._facts = facts

    def shrink(self, sending: Sending, reason: str) -> bool:
        """Write less at once if a file was refused for its size; say whether to try it again.

        Parameters
        ----------
        sending
            The attempt that was refused.
        reason
            The refusal in the words of the Kafka client.
        """
        too_large = TOO_LARGE in reason.casefold()
        if not too_large or not self._chunk_size.shrink(sending.chunk_size):
            return False
        limit = self._chunk_size.bytes + ENVELOPE_BYTES
        self._facts = self._facts._replace(record_limit=limit)
        return True

    @property
    def _outdated(self) -> bool:
        # A writer has its limit for good, and learns of new partitions within minutes only.
        return self._made_for != self._facts

    def close(self) -> None:
        """Give up what is not acknowledged."""
        self._writer.close()
