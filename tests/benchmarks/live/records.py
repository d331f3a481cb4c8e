"""Records of 1 kB, decoded and counted by a watch, next to a plain loop of confluent-kafka.

`python -m tests.benchmarks.live.records` starts a broker, fills a topic for each format, lets
each side read it in a fresh process, one after another, and prints a table.
"""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from confluent_kafka import Producer

import jupyter_stream as js
from jupyter_stream.kafka.local_broker import LocalBroker
from tests.benchmarks.live.record_side import value_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
KINDS = ("msgpack", "npy", "json", "text")
LOADS = ("idle", "busy")
SIDES = ("loop", "decoding loop", "watch")
TARGET = 0.5
# Filling takes longer than reading: the same records come again and again.
DIFFERENT = 1000


class WrongRecords(Exception):
    """A side did not read what was written."""


class Row(NamedTuple):
    """Records per second of each side, for one format and load."""

    kind: str
    load: str
    rates: dict[str, float]

    @property
    def text(self) -> str:
        """The row of the table."""
        numbers = " | ".join(f"{self.rates[side] / 1e3:.0f}" for side in SIDES)
        ratios = [self.rates["watch"] / self.rates[side] for side in SIDES[:2]]
        shown = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        met = "yes" if ratios[0] >= TARGET else "no"
        return f"| {self.kind} | {self.load} | {numbers} | {shown} | {met} |"


def fill(cluster: js.Cluster, kind: str, count: int) -> str:
    """Write records to a new topic of one partition, and return its name."""
    topic = f"records-{kind}-{uuid4().hex[:8]}"
    cluster.create_topic(topic, 1)
    producer = Producer(
        {
            "bootstrap.servers": cluster.bootstrap,
            "linger.ms": 20,
            "queue.buffering.max.messages": 50_000,
        }
    )
    values = [value_of(kind, number) for number in range(DIFFERENT)]
    for number in range(count):
        while True:
            try:
                producer.produce(topic, values[number % DIFFERENT])
                break
            except BufferError:
                producer.poll(0.05)
    producer.flush()
    return topic


def rate_of(side: str, row: tuple[str, str], bootstrap: str, topic: str, count: int) -> float:
    """Let a side read in a fresh process; return its records per second."""
    command = ["-m", "tests.benchmarks.live.record_side", side, *row, bootstrap, topic, str(count)]
    run = subprocess.run(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    told = json.loads(run.stdout)
    if told["last"] != (count - 1) % DIFFERENT:
        raise WrongRecords(f"{side}, {row}: the last record read is {told['last']}")
    return float(told["records"] / told["seconds"])


def measured(cluster: js.Cluster, options: Namespace) -> Iterator[Row]:
    """Measure all formats and loads; sides take turns, so that they meet the same machine."""
    for kind in options.kind or KINDS:
        topic = fill(cluster, kind, options.count)
        for load in LOADS:
            rates: dict[str, list[float]] = {side: [] for side in SIDES}
            for _ in range(options.repeat):
                for side in SIDES:
                    rate = rate_of(side, (kind, load), cluster.bootstrap, topic, options.count)
                    rates[side].append(rate)
            yield Row(kind, load, {side: median(found) for side, found in rates.items()})


@contextmanager
def connected(bootstrap: str | None) -> Iterator[js.Cluster]:
    """Connect to a broker; to one of its own, for the time of the block, if none is named."""
    if bootstrap:
        yield js.connect(bootstrap)
        return
    with TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder) / "kafka")
        try:
            yield js.connect(broker.start().bootstrap)
        finally:
            broker.stop()


def main(words: list[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = ArgumentParser(prog="python -m tests.benchmarks.live.records", description=__doc__)
    parser.add_argument("--count", type=int, default=300_000, help="records in each topic")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each side; medians count")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this format")
    parser.add_argument("--bootstrap", help="a broker that runs; otherwise one is started")
    options = parser.parse_args(words)
    print("| 1 kB records | main thread | loop, k/s | decoding loop, k/s | watch, k/s |", end="")
    print(f" watch / loop | watch / decoding loop | {TARGET} of the loop |")
    print("|---|---|---|---|---|---|---|---|")
    with connected(options.bootstrap) as cluster:
        for row in measured(cluster, options):
            print(row.text, flush=True)


if __name__ == "__main__":
    main()
