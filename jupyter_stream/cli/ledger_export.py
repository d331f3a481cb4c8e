"""Lists of transferred files, as CSV or as lines of JSON."""

import csv
import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from jupyter_stream.errors import NotStored, UsageMistake
from jupyter_stream.files.ledger_report import TransferredFile

_Write = Callable[[Iterable[dict[str, Any]], TextIO], int]


def export(files: Iterable[TransferredFile], target: Path | None) -> int:
    """Write a list of files, and return how many there were.

    Parameters
    ----------
    files
        The files.
    target
        Where to; its ending says the format. None: CSV on standard output.

    Raises
    ------
    UsageMistake
        The ending says no format that is known.
    NotStored
        The file can't be written.
    """
    rows = map(_row, files)
    if target is None:
        return _write_csv(rows, sys.stdout)
    write = _format_of(target)
    try:
        with target.open("w", encoding="utf-8", newline="") as stream:
            return write(rows, stream)
    except OSError as error:
        raise NotStored(f"cannot write {target}: {error.strerror}; choose another file") from None


def _write_csv(rows: Iterable[dict[str, Any]], stream: TextIO) -> int:
    writer = csv.DictWriter(stream, TransferredFile._fields, lineterminator="\n")
    writer.writeheader()
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - it is the answer
        writer.writerow(row)
    return count


def _write_json_lines(rows: Iterable[dict[str, Any]], stream: TextIO) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - it is the answer
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def _row(file: TransferredFile) -> dict[str, Any]:
    return file._asdict() | {"mtime": _time(file.mtime), "time": _time(file.time)}


def _time(seconds: float | None) -> str | None:
    """Write a time so that any program reads it, whatever its place on earth."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


_FORMATS: dict[str, _Write] = {".csv": _write_csv, ".jsonl": _write_json_lines}
ENDINGS = tuple(_FORMATS)


def _format_of(target: Path) -> _Write:
    if target.suffix not in _FORMATS:
        raise UsageMistake(
            f"{target}: the ending says no format; there are {' and '.join(ENDINGS)}"
        )
    return _FORMATS[target.suffix]
