"""What topics take on the disk of the local broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DATA = "data"
SEGMENT = ".log"


def log_sizes(directory: Path, topic: str, partitions: Iterable[int]) -> dict[int, int]:
    """Return the bytes of the records of each partition, as they are stored.

    Parameters
    ----------
    directory
        The folder of the local broker.
    topic
        Name of the topic.
    partitions
        Which; those that have no folder (any more) are left out.
    """
    sizes = {}
    for partition in partitions:
        try:
            sizes[partition] = _size(directory / DATA / f"{topic}-{partition}")
        except OSError:
            # Kafka renames and removes files while we look.
            continue
    return sizes


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.suffix == SEGMENT)
