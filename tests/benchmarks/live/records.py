"""Records of 1 kB, decoded and counted by a watch, next to a plain loop of confluent-kafka.

For each format a topic is filled, and each side reads it in a fresh process, one after another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from confluent_kafka import Producer

import jupyter_stream as js
from jupyter_stream.kafka.local_broker import LocalBroker
from tests.benchmarks.document import table
from tests.benchmarks.live.record_side import value_of
from tests.benchmarks.produce import produce
from tests.benchmarks.program import options_of, publish, run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

PROGRAM = "tests.benchmarks.live.records"
ROOT = Path(__file__).parents[3]
KINDS = ("msgpack", "npy", "json", "text")
LOADS = ("idle", "busy")
LOOPS = ("plain loop", "tuned loop", "decoding loop")
SIDES = (*LOOPS, "watch")
TARGET = 0.5
HEAD = (
    "1 kB records",
    "main thread",
    *(f"{side}, k/s" for side in SIDES),
    *(f"watch / {loop}" for loop in LOOPS),
    f"{TARGET} of the plain loop",
)
QUICK = (5_000, 1)
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
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        numbers = (f"{self.rates[side] / 1e3:.0f}" for side in SIDES)
        ratios = [self.rates["watch"] / self.rates[side] for side in LOOPS]
        shown = (f"{ratio:.2f}" for ratio in ratios)
        met = "yes" if ratios[0] >= TARGET else "no"
        return (self.kind, self.load, *numbers, *shown, met)


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
        produce(producer, topic, values[number % DIFFERENT])
    producer.flush()
    return topic


def rate_of(side: str, row: tuple[str, str], bootstrap: str, topic: str, count: int) -> float:
    """Let a side read in a fresh process; return its records per second."""
    command = ["-m", "tests.benchmarks.live.record_side", side, *row, bootstrap, topic, str(count)]
    side_run = subprocess.run(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    told = json.loads(side_run.stdout)
    if told["last"] != (count - 1) % DIFFERENT:
        raise WrongRecords(f"{side}, {row}: the last record read is {told['last']}")
    return float(told["records"] / told["seconds"])


def measured(cluster: js.Cluster, options: Namespace) -> Iterator[Row]:
    """Measure all formats and loads; sides take turns, so that they meet the same machine."""
    count, repeat = QUICK if options.quick else (options.count, options.repeat)
    for kind in options.kind or KINDS:
        print(f"{count} records of {kind} ...", file=sys.stderr, flush=True)
        topic = fill(cluster, kind, count)
        for load in LOADS:
            rates: dict[str, list[float]] = {side: [] for side in SIDES}
            for _ in range(repeat):
                for side in SIDES:
                    rate = rate_of(side, (kind, load), cluster.bootstrap, topic, count)
                    rates[side].append(rate)
            yield Row(kind, load, {side: median(found) for side, found in rates.items()})


def main(words: list[str] | None = None) -> None:
    """Measure, and show the table.

    Parameters
    ----------
    words
        The command line; the program's own if not given.
    """
    options = _parser().parse_args(words)
    if options.bootstrap:
        _measure(options, options.bootstrap)
        return
    with TemporaryDirectory() as folder, LocalBroker(Path(folder) / "kafka") as broker:
        _measure(options, broker.start().bootstrap)


def _measure(options: Namespace, bootstrap: str) -> None:
    rows = [row.cells for row in measured(js.connect(bootstrap), options)]
    publish(options, PROGRAM, table(HEAD, rows))


def _parser() -> ArgumentParser:
    parser = options_of(PROGRAM, __doc__)
    parser.add_argument("--count", type=int, default=300_000, help="records in each topic")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each side; medians count")
    parser.add_argument("--kind", nargs="+", choices=KINDS, help="only these formats")
    parser.add_argument("--bootstrap", help="a broker that runs; otherwise one is started")
    return parser


if __name__ == "__main__":
    run(main)
