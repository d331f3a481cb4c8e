"""The command line of the benchmark of live plots."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.kafka.local_broker import LocalBroker
from tests.benchmarks.document import report_in, table
from tests.benchmarks.live.case import CASES, LONG_CASES, OVERLOAD, QUICK_CASES, Case, Side
from tests.benchmarks.live.endurance import closed_tab, overload
from tests.benchmarks.live.measure import NothingPainted, measure
from tests.benchmarks.live.report import (
    ENDURANCE_HEAD,
    HEAD,
    endurance_row,
    report,
    row,
    row_of_nothing,
)
from tests.benchmarks.live.stage import make_topic
from tests.benchmarks.program import options_of, publish, run

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

PROGRAM = "tests.benchmarks.live"
IN_TOPICS = str.maketrans(" ,", "__")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and show the figures.

    Parameters
    ----------
    arguments
        The command line; the program's own if not given.
    """
    options = _options(arguments)
    former = report_in(options.markdown, PROGRAM) if options.markdown else ""
    folder = Path(tempfile.mkdtemp(prefix="live-"))
    try:
        with LocalBroker(folder / "kafka") as broker:
            bootstrap = broker.start().bootstrap
            rows = list(_rows(options, bootstrap, folder))
            long_rows = list(_long_rows(options, bootstrap, folder))
    finally:
        shutil.rmtree(folder)
    publish(options, PROGRAM, report(rows, long_rows, former))


def _rows(options: Namespace, bootstrap: str, folder: Path) -> Iterator[Sequence[str]]:
    for topic, case, side in _chosen(options, QUICK_CASES if options.quick else CASES):
        make_topic(bootstrap, topic)
        try:
            measured = row(measure(case, side, bootstrap, topic, folder / topic))
        except NothingPainted as error:
            measured = row_of_nothing(case, side, str(error))
        _tell(table(HEAD, [measured]))
        yield measured


def _long_rows(options: Namespace, bootstrap: str, folder: Path) -> Iterator[Sequence[str]]:
    for topic, case, side in _chosen(options, LONG_CASES if options.minutes else ()):
        make_topic(bootstrap, topic)
        endure = overload if case is OVERLOAD else closed_tab
        long = case._replace(seconds=60 * options.minutes)
        measured = endurance_row(endure(long, side, bootstrap, topic, folder / topic))
        _tell(table(ENDURANCE_HEAD, [measured]))
        yield measured


def _chosen(options: Namespace, cases: Iterable[Case]) -> Iterator[tuple[str, Case, Side]]:
    """Give the cases and sides that are asked for, and a topic for each."""
    for case in cases:
        for side in case.sides:
            name = side.name.lower()
            if case.name in (options.case or [case.name]) and name in (options.side or [name]):
                _tell(f"{case.name}, {side} ...")
                yield f"{case.name}-{name}".translate(IN_TOPICS), case, side


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = options_of(PROGRAM, __doc__)
    long_cases = [case.name for case in LONG_CASES]
    parser.add_argument("--case", nargs="+", choices=[*[case.name for case in CASES], *long_cases])
    parser.add_argument("--side", nargs="+", choices=[side.name.lower() for side in Side])
    parser.add_argument(
        "--minutes", type=float, default=0, help="run the long ones, too, so long each"
    )
    options = parser.parse_args(arguments)
    if not options.minutes and set(options.case or ()) & set(long_cases):
        parser.error(f"{' and '.join(long_cases)} take --minutes")
    return options


if __name__ == "__main__":
    run(main)
