"""What the command lines of all benchmarks share."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.document import put_into

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable


def options_of(program: str, description: str | None) -> ArgumentParser:
    """Return a parser with the options that every benchmark has.

    Parameters
    ----------
    program
        The module that is run.
    description
        What it measures.
    """
    parser = ArgumentParser(f"python -m {program}", description=description)
    parser.add_argument("--quick", action="store_true", help="small and short: does it work?")
    parser.add_argument(
        "--markdown", type=Path, help="a document to write the report into, between its marks"
    )
    return parser


def publish(options: Namespace, program: str, text: str) -> None:
    """Print a report, and put it into the document that was asked for.

    Parameters
    ----------
    options
        What the command line says.
    program
        The module that was run.
    text
        The report.
    """
    print(text)
    if options.markdown is not None:
        put_into(options.markdown, program, text)


def run(main: Callable[[], None]) -> None:
    """Run a benchmark so that its broker, browser and files go whoever ends it.

    Parameters
    ----------
    main
        The benchmark.
    """
    signal.signal(signal.SIGTERM, _end)
    main()


def _end(_signal: int, _frame: object) -> None:
    sys.exit(1)
