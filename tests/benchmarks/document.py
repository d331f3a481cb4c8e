"""Writing what was measured, also into a page of the documentation."""

from __future__ import annotations

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
    mark = begin(program)
    head, found, rest = document.read_text().partition(mark)
    _, end, tail = rest.partition(END)
    if not found or not end:
        raise ValueError(f"{document} has no place for the report: {mark} ... {END}")
    document.write_text(f"{head}{mark}\n\n{text}\n\n{end}{tail}")
