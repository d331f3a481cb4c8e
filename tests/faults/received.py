"""What a download has left in its directory, and in its ledger."""

from __future__ import annotations

import csv
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.faults.program import run
from tests.waiting import wait_until

BLOCK_BYTES = 512


def bytes_below(folder: Path) -> int:
    """Return how much is stored below a folder, unfinished files among it."""
    blocks = 0
    # Other than Path.rglob, it does not mind folders that vanish.
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                blocks += (Path(place) / name).stat().st_blocks
    return BLOCK_BYTES * blocks


def wait_for_bytes(folder: Path, count: int) -> None:
    """Return when so much is stored below a folder."""
    wait_until(lambda: bytes_below(folder) >= count, f"{count} bytes below {folder}")


def parts_below(folder: Path) -> list[Path]:
    """Return the unfinished files that are left below a folder."""
    return [path for path in folder.rglob("*") if path.is_file() and "part" in path.as_posix()]


def completions(folder: Path, place: Path) -> Counter[tuple[str, str]]:
    """Return how often each content was completed, as the ledger tells.

    Parameters
    ----------
    folder
        Where the files were received.
    place
        Where the table may be written.
    """
    table = place / "ledger.csv"
    code, output = run("ledger", "export", folder, table)
    assert code == 0, output
    with table.open(newline="") as rows:
        return Counter((row["path"], row["sha512"]) for row in csv.DictReader(rows))
