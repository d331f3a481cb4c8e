"""What came of files that never became complete, kept for a person to look at."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile

MOST_BYTES = 2**30
MOST_FILES = 100
_PART, _REPORT = ".part", ".json"


class KeptParts:
    """A folder of given up files, each with a report; the oldest go when it is full.

    Parameters
    ----------
    folder
        The folder; made when something comes into it.
    most_bytes, most_files
        What is kept at most.
    """

    def __init__(
        self, folder: Path, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
    ) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._most_files = most_files

    def take(self, part: Path, report: UnfinishedFile) -> str:
        """Move a part here, and say what became of it, and of older ones.

        Parameters
        ----------
        part
            The file with what came; chunks that are missing are holes in it.
        report
            What came and what did not.
        """
        try:
            return self._take(part, report)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return f"What came could not be kept: {error.strerror}."

    def _take(self, part: Path, report: UnfinishedFile) -> str:
        if _room(part) > self._most_bytes:
            part.unlink()
            return f"What came is not kept: it is more than {self._most_bytes} bytes."
        self._folder.mkdir(parents=True, exist_ok=True)
        # The folder of a part belongs to one process; its name alone is also that of others.
        place = self._folder / f"{part.parent.name}-{part.name}{_PART}"
        place.with_suffix(_REPORT).write_text(_described(report), encoding="utf-8")
        part.replace(place)
        place.touch()
        removed = self._make_room()
        told = f" To make room, {removed} older ones were removed." if removed else ""
        return f"What came is kept in {place}.{told}"

    def _make_room(self) -> int:
        """Remove the oldest files while there are too many, or too much; give their number."""
        kept = sorted(self._folder.glob(f"*{_PART}"), key=lambda path: path.stat().st_mtime_ns)
        room = sum(_room(path) for path in kept)
        removed = 0
        while len(kept) - removed > self._most_files or room > self._most_bytes:
            oldest = kept[removed]
            room -= _room(oldest)
            oldest.unlink()
            oldest.with_suffix(_REPORT).unlink(missing_ok=True)
            removed += 1
        return removed


def _room(path: Path) -> int:
    """Give the bytes that a file takes; the holes of a part take none."""
    status = path.stat()
    blocks: int | None = getattr(status, "st_blocks", None)
    return status.st_size if blocks is None else blocks * 512


def _described(report: UnfinishedFile) -> str:
    return json.dumps(
        {
            "topic": report.topic,
            "path": report.path,
            "sha512": report.sha512,
            "chunks": report.total,
            "chunks_there": report.have,
            "missing": [list(gap) for gap in report.gaps],
            "first_offsets": dict(report.first_offsets),
        },
        indent=1,
    )
