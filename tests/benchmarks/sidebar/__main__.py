"""How fast the sidebar is: panel, records, tail and a large record, and the server's routes."""

from __future__ import annotations

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.benchmarks.program import options_of, publish, run
from tests.benchmarks.sidebar.cluster import two_brokers
from tests.benchmarks.sidebar.large import large
from tests.benchmarks.sidebar.page import lab_page
from tests.benchmarks.sidebar.panel import open_panel, panel
from tests.benchmarks.sidebar.records import records
from tests.benchmarks.sidebar.report import facts, findings_table
from tests.benchmarks.sidebar.routes import routes
from tests.benchmarks.sidebar.tail import tail
from tests.benchmarks.sidebar.topics import make_long, make_many, make_tailed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.sidebar.finding import Finding
    from tests.benchmarks.sidebar.page import Page

PROGRAM = "tests.benchmarks.sidebar"
PARTS = ("routes", "panel", "records", "tail", "large")
# Topics, partitions of each, records of the long topic, minutes of the tail.
FULL = (2000, 10, 1_000_000, 1.0)
QUICK = (40, 2, 6_000, 0.05)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and show the figures.

    Parameters
    ----------
    arguments
        The command line; the program's own if not given.
    """
    options = _parser().parse_args(arguments)
    _fill_in(options)
    with tempfile.TemporaryDirectory(prefix="sidebar-") as name:
        folder = Path(name)
        given = options.bootstrap
        cluster = nullcontext(js.connect(given)) if given else two_brokers(folder / "kafka")
        with cluster as connected:
            text = _measured(options, connected, folder)
    publish(options, PROGRAM, text)


def _measured(options: Namespace, cluster: js.Cluster, folder: Path) -> str:
    _say(f"{options.topics} topics of {options.partitions} partitions ...")
    make_many(cluster, options.topics, options.partitions)
    _say(f"{options.records} records ...")
    make_long(cluster, options.records)
    texts = [facts(options.topics, options.partitions)]
    if set(options.part) != {"routes"}:
        with lab_page(cluster, folder / "lab") as page:
            texts.append(findings_table(_told(_findings(options, cluster, page))))
    if "routes" in options.part:
        _say("routes ...")
        texts.append(routes(cluster, folder / "server", options.topics, options.records))
    return "\n\n".join(texts)


def _findings(options: Namespace, cluster: js.Cluster, page: Page) -> Iterator[Finding]:
    """Look at the parts that were asked for; the panel first, while nothing is known of it."""
    if "panel" in options.part:
        yield from panel(page, cluster)
    open_panel(page)
    if "records" in options.part:
        yield from records(page, options.records)
    if "large" in options.part:
        yield from large(page, cluster)
    if "tail" in options.part:
        make_tailed(cluster)
        yield from tail(page, cluster, options.minutes)


def _told(findings: Iterator[Finding]) -> Iterator[Finding]:
    for finding in findings:
        _say(f"{finding.what}: {finding.measured}")
        yield finding


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> ArgumentParser:
    parser = options_of(PROGRAM, __doc__)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--topics", type=int)
    parser.add_argument("--partitions", type=int, help="of each topic")
    parser.add_argument("--records", type=int, help="of the long topic")
    parser.add_argument("--minutes", type=float, help="how long the tail is")
    parser.add_argument("--bootstrap", help="a cluster that runs; otherwise one is started")
    return parser


def _fill_in(options: Namespace) -> None:
    """Take what was not said from what is usual."""
    usual = QUICK if options.quick else FULL
    for name, value in zip(("topics", "partitions", "records", "minutes"), usual, strict=True):
        if getattr(options, name) is None:
            setattr(options, name, value)


if __name__ == "__main__":
    run(main)
