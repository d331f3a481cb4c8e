"""The command line of the transfer benchmark."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.kafka.local_broker import LocalBroker, RunningBroker
from tests.benchmarks.program import options_of, publish, run
from tests.benchmarks.transfer.bench import Bench
from tests.benchmarks.transfer.case import FULL_PLAN, QUICK_PLAN, Transfer
from tests.benchmarks.transfer.figures import Figures, figures
from tests.benchmarks.transfer.machine import look
from tests.benchmarks.transfer.many import ManyFiles, Pace
from tests.benchmarks.transfer.report import report
from tests.interop.environment import VERSION

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

PROGRAM = "tests.benchmarks.transfer"
MANY = 100_000
QUICK_MANY = 400
_QUICK_PROBE = 20_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, show the figures, and write them into a document if asked to.

    Parameters
    ----------
    arguments
        The command line; the program's own if not given.
    """
    options = _parser().parse_args(arguments)
    # Not in the system's temporary folder, which may be memory and not a disk.
    options.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="transfer-", dir=options.folder.resolve()))
    try:
        with LocalBroker(folder / "kafka") as broker:
            text = measure(options, broker.start(), folder)
    finally:
        shutil.rmtree(folder)
    publish(options, PROGRAM, text)


def measure(options: Namespace, broker: RunningBroker, folder: Path) -> str:
    """Measure what the options ask for, and return the report.

    Parameters
    ----------
    options
        What the command line says.
    broker
        The broker to measure with.
    folder
        Where files go.
    """
    machine = look(folder, *([_QUICK_PROBE] if options.quick else []))
    repetitions = 1 if options.quick else options.repetitions
    many = QUICK_MANY if options.quick else MANY
    transfers = _transfers(broker, folder, _chosen(options), repetitions)
    paces = _paces(broker, folder, many) if "many" in options.case else []
    return report(
        machine,
        _versions(broker),
        transfers,
        paces,
        many,
        repetitions,
        judge=not options.quick,
    )


def _transfers(
    broker: RunningBroker, folder: Path, plan: Sequence[Transfer], repetitions: int
) -> list[Figures]:
    bench = Bench(broker, folder, _tell)
    found: list[Figures] = []
    for transfer in plan:
        found += map(figures, bench.measure(transfer, repetitions))
    bench.forget_sources()
    bench.close()
    return found


def _paces(broker: RunningBroker, folder: Path, files: int) -> list[Pace]:
    return ManyFiles(broker, folder, files, _tell).measure()


def _chosen(options: Namespace) -> list[Transfer]:
    plan = QUICK_PLAN if options.quick else FULL_PLAN
    chosen = [transfer for transfer in plan if transfer.case.name in options.case]
    return [one for one in chosen if one.direction.split()[-1] in options.direction]


def _versions(broker: RunningBroker) -> str:
    client = version("confluent-kafka")
    return f"Kafka {broker.version}, confluent-kafka {client}, OpenMSIStream {VERSION}"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> ArgumentParser:
    parser = options_of(PROGRAM, __doc__)
    cases, directions = ("large", "medium", "small", "many"), ("upload", "disk", "memory")
    parser.add_argument("--case", nargs="+", choices=cases, default=cases)
    parser.add_argument("--direction", nargs="+", choices=directions, default=directions)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument(
        "--folder", type=Path, default=Path("artifacts"), help="on the disk to measure with"
    )
    return parser


if __name__ == "__main__":
    run(main)
