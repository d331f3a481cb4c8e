"""Members of a group, here and in other processes, that note what they read."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from confluent_kafka import Producer

from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jupyter_stream.kafka.start import Start

Place = tuple[int, int]

# The broker allows no shorter session.
NOTHING: Mapping[str, int] = MappingProxyType({})
QUICK: Mapping[str, int] = MappingProxyType(
    {"session.timeout.ms": 6_000, "heartbeat.interval.ms": 200}
)


def write(address: str, topic: str, values: list[bytes], partitions: int = 1) -> None:
    """Write each value as a batch of its own, to the partitions in turn."""
    producer = Producer({"bootstrap.servers": address, "batch.num.messages": 1})
    for number, value in enumerate(values):
        producer.produce(topic, value, partition=number % partitions)
    assert producer.flush(20) == 0


class Member:
    """Reads, and commits what it has read when it has to give a partition away."""

    def __init__(
        self,
        address: str,
        topic: str,
        group: str,
        start: Start = "earliest",
        properties: Mapping[str, int] = NOTHING,
    ) -> None:
        consumer = {**QUICK, **properties}
        self.cluster = Cluster(Profile("lab", {"bootstrap.servers": address}, consumer=consumer))
        self.read: list[Place] = []
        self.revoked: list[set[int]] = []
        self.done: dict[int, int] = {}
        self.reader = self.cluster.group_reader(topic, group, start, on_revoked=self.give_away)

    def step(self, timeout: float = 0.05) -> list[Place]:
        """Read once."""
        new = [(record.partition, record.offset) for record in self.reader.read(timeout)]
        self.read += new
        self.done |= {partition: offset + 1 for partition, offset in new}
        return new

    def give_away(self, partitions: set[int]) -> None:
        """Commit how far the partitions are done."""
        self.revoked.append(partitions)
        self.reader.commit({place: self.done.pop(place) for place in partitions & self.done.keys()})

    def commit(self) -> None:
        """Commit everything that was read."""
        self.reader.commit(self.done)


class OtherMember:
    """A member in another process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.read: list[Place] = []

    def ask(self) -> None:
        """Have it read once, without waiting for its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write("read\n")
        self.process.stdin.flush()

    def answer(self) -> list[Place]:
        """Wait for what it has read."""
        assert self.process.stdout is not None
        new = [
            (partition, offset) for partition, offset in json.loads(self.process.stdout.readline())
        ]
        self.read += new
        return new

    def step(self) -> list[Place]:
        """Have it read once."""
        self.ask()
        return self.answer()


@contextmanager
def other_member(address: str, topic: str, group: str) -> Iterator[OtherMember]:
    """Start a member in another process; it is killed at the end."""
    program = Path(__file__).with_name("group_member.py")
    settings = json.dumps(dict(QUICK))
    command = [sys.executable, str(program), address, topic, group, settings]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield OtherMember(process)
        finally:
            process.kill()
