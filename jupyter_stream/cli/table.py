"""A table of text."""

from collections.abc import Iterable, Sequence

from jupyter_stream.cli.printable import printable


def table_lines(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Lay rows out in columns.

    Parameters
    ----------
    rows
        Rows of equal length.
    right
        The columns that are aligned on the right.
    """
    # No cell may break its line, whatever a name holds.
    cells = [[printable(cell).replace("\n", "\\n") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
