"""What is known of a file of which chunks are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class UnfinishedFile:
    """A file of which some chunks have not arrived.

    Attributes
    ----------
    topic, path, sha512
        Which file; the digest in hexadecimal.
    have, total
        Chunks that arrived, and chunks that make the file.
    missing
        Indexes (from 1) of missing chunks, the first 20 of them.
    gaps
        The first and the last index of each run of missing chunks, the first 1000 of them.
    first_offsets
        The first offset of the file on each partition that carried it.
    age, idle
        Seconds since its first and since its latest chunk.
    kept
        What became of the chunks that came, once the file was given up.
    """

    topic: str
    path: str
    sha512: str
    have: int
    total: int
    missing: tuple[int, ...]
    gaps: tuple[tuple[int, int], ...]
    first_offsets: Mapping[int, int]
    age: float
    idle: float
    kept: str = ""

    @property
    def summary(self) -> str:
        """What came and what did not, in one line."""
        shown = ", ".join(map(str, self.missing))
        more = ", ..." if self.total - self.have > len(self.missing) else ""
        return f"{self.path}: {self.have} of {self.total} chunks came; missing {shown}{more}"
