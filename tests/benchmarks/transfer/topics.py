"""Topics for the measurements: made, filled, looked at, deleted."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING
from uuid import uuid4

import msgpack
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from jupyter_stream.files.uploading.split import split
from jupyter_stream.formats.chunk import chunk_key, pack_chunk
from tests.benchmarks.transfer.case import PARTITIONS
from tests.benchmarks.transfer.source import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from confluent_kafka import Message

    from tests.benchmarks.transfer.source import Source

_ANSWER_SECONDS = 60.0
_BATCH = 100
# librdkafka chooses, by the key.
_ANY = -1


class Topics:
    """The topics of a broker.

    Parameters
    ----------
    bootstrap
        The broker's address.
    """

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self._admin = AdminClient(self._client())
        self._consumer = Consumer(self._client() | {"group.id": "benchmark"})

    def warm_up(self) -> None:
        """Let the broker load what it loads only once, such as who may write exactly once."""
        topic = self.make()
        producer = Producer(self._client() | {"enable.idempotence": True})
        producer.produce(topic, b"warm")
        producer.flush()
        self.delete(topic)

    def make(self) -> str:
        """Make a topic, and return its name."""
        name = f"benchmark-{uuid4().hex[:12]}"
        made = self._admin.create_topics([NewTopic(name, PARTITIONS, 1)])
        made[name].result(_ANSWER_SECONDS)
        return name

    def delete(self, topic: str) -> None:
        """Delete a topic."""
        self._admin.delete_topics([topic])[topic].result(_ANSWER_SECONDS)

    def close(self) -> None:
        """Close the connection."""
        self._consumer.close()

    def records(self, topic: str) -> int:
        """Return how many records the broker has acknowledged."""
        return sum(self._ends(topic).values())

    def filled(self, source: Source, *, spread: bool) -> str:
        """Make a topic that holds the files of a source, and return its name.

        Parameters
        ----------
        source
            The files.
        spread
            Whether the key chooses the partition, as OpenMSIStream writes, and not the path.
        """
        topic = self.make()
        producer = Producer(self._client() | {"linger.ms": 5})
        for name in source.sha512:
            partition = _ANY if spread else zlib.crc32(name.encode()) % PARTITIONS
            for chunk in split(source.folder / name, source.folder):
                while len(producer) > _BATCH:
                    producer.poll(0.1)
                producer.produce(topic, pack_chunk(chunk), chunk_key(chunk), partition)
        producer.flush()
        return topic

    def check(self, topic: str, source: Source) -> None:
        """Compare what a topic holds with the source; chunks of a file must be in order.

        Raises
        ------
        WrongData
            A file is not on the topic as it is in the source.
        """
        digests = {name: hashlib.sha512() for name in source.sha512}
        places = dict.fromkeys(source.sha512, 0)
        for message in self._read(topic):
            fields = msgpack.unpackb(message.value())
            name, offset, data = fields[0], fields[3], fields[8]
            if places[name] == offset:
                digests[name].update(data)
                places[name] += len(data)
        found = {name: digest.hexdigest() for name, digest in digests.items()}
        check(source.sha512, found, topic)

    def _client(self) -> dict[str, str | int | float | bool]:
        # Without its log: topics that were deleted are no news here.
        return {"bootstrap.servers": self.bootstrap, "log_level": 0}

    def _ends(self, topic: str) -> dict[int, int]:
        ends = {}
        for partition in range(PARTITIONS):
            place = TopicPartition(topic, partition)
            _, ends[partition] = self._consumer.get_watermark_offsets(place, _ANSWER_SECONDS)
        return ends

    def _read(self, topic: str) -> Iterator[Message]:
        left = self.records(topic)
        self._consumer.assign([TopicPartition(topic, part, 0) for part in range(PARTITIONS)])
        while left:
            messages = self._consumer.consume(min(left, _BATCH), 1.0)
            left -= len(messages)
            yield from messages
        self._consumer.unassign()
