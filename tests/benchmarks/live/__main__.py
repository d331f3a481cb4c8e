"""The command line of the benchmark of live plots."""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.kafka.local_broker import LocalBroker
from tests.benchmarks.live.case import CASES, QUICK_CASES, Case, Side
from tests.benchmarks.live.endurance import closed_tab, overload
from tests.benchmarks.live.measure import measure
from tests.benchmarks.live.report import endurance_report, machine_facts, report
from tests.benchmarks.live.stage import make_topic
from tests.benchmarks.program import options_of, publish, run

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.live.endurance import Endurance
    from tests.benchmarks.live.figures import Figures

PROGRAM = "tests.benchmarks.live"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and show the figures.

    Parameters
    ----------
    arguments
        The command line; the program's own if not given.
    """
    options = _parser().parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="live-"))
    try:
        with LocalBroker(folder / "kafka") as broker:
            bootstrap = broker.start().bootstrap
            text = _measured(options, bootstrap, folder)
    finally:
        shutil.rmtree(folder)
    publish(options, PROGRAM, text)


def _measured(options: Namespace, bootstrap: str, folder: Path) -> str:
    parts = [report(_figures(options, bootstrap, folder))]
    if options.minutes:
        parts.append(endurance_report(_endurance(options.minutes, bootstrap, folder)))
    return "\n\n".join([machine_facts(), *parts])


def _figures(options: Namespace, bootstrap: str, folder: Path) -> Iterator[Figures]:
    numbers = count(1)
    for case, side in _chosen(options):
        print(f"{case.name}, {side} ...", file=sys.stderr, flush=True)
        topic = f"live-{next(numbers)}"
        make_topic(bootstrap, topic)
        figures = measure(case, side, bootstrap, topic, folder / topic)
        print(report([figures]), file=sys.stderr, flush=True)
        yield figures


def _endurance(minutes: float, bootstrap: str, folder: Path) -> Iterator[Endurance]:
    for topic in ("overload-relay", "overload-comm", "closed-tab"):
        print(f"{topic}, {minutes:g} minutes ...", file=sys.stderr, flush=True)
        make_topic(bootstrap, topic)
        one = _long_run(topic, minutes, bootstrap, folder / topic)
        print(endurance_report([one]), file=sys.stderr, flush=True)
        yield one


def _long_run(topic: str, minutes: float, bootstrap: str, folder: Path) -> Endurance:
    if topic == "closed-tab":
        return closed_tab(bootstrap, topic, folder, minutes)
    return overload(bootstrap, topic, folder, minutes, relay=topic == "overload-relay")


def _chosen(options: Namespace) -> Iterator[tuple[Case, Side]]:
    for case in QUICK_CASES if options.quick else CASES:
        if options.case and case.name not in options.case:
            continue
        for side in case.sides:
            if not options.side or side.name.lower() in options.side:
                yield case, side


def _parser() -> ArgumentParser:
    parser = options_of(PROGRAM, __doc__)
    parser.add_argument("--case", nargs="+", choices=[case.name for case in CASES])
    parser.add_argument("--side", nargs="+", choices=[side.name.lower() for side in Side])
    parser.add_argument(
        "--minutes", type=float, default=0, help="run the long ones, too, so long each"
    )
    return parser


if __name__ == "__main__":
    run(main)
