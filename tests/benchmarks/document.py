"""Writing what was measured, also into a page of the documentation."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

END = "<!-- end -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table.

    Parameters
    ----------
    head
        What the columns are.
    rows
        Their contents.
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def begin(program: str) -> str:
    """Return the mark behind which a program's report stands.

    Parameters
    ----------
    program
        The module that is run.
    """
    return f"<!-- begin: written by python -m {program} -->"


def report_in(document: Path, program: str) -> str:
    """Return the report that a program has put into a document.

    Parameters
    ----------
    document
        The page.
    program
        The module that wrote the report.

    Raises
    ------
    ValueError
        The document has no marks.
    """
    _, report, _ = _parted(document, program)
    return report.strip()


def rows_in(report: str, head: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table of a report; none if there is no such table.

    Parameters
    ----------
    report
        The report.
    head
        What the table's columns are.
    """
    _, _, behind = report.partition(f"{table(head, [])}\n")
    lines = takewhile(lambda line: line.startswith("|"), behind.splitlines())
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def put_into(document: Path, program: str, text: str) -> None:
    """Put a report between its marks in a document.

    Parameters
    ----------
    document
        The page.
    program
        The module that wrote the report.
    text
        The report.

    Raises
    ------
    ValueError
        The document has no marks.
    """
    head, _, tail = _parted(document, program)
    document.write_text(f"{head}\n\n{text}\n\n{tail}")


def _parted(document: Path, program: str) -> tuple[str, str, str]:
    """Return a document up to a report's first mark, the report, and the rest from its last."""
    mark = begin(program)
    head, found, rest = document.read_text().partition(mark)
    report, end, tail = rest.partition(END)
    if not found or not end:
        raise ValueError(f"{document} has no place for the report: {mark} ... {END}")
    return f"{head}{mark}", report, f"{end}{tail}"
