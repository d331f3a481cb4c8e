"""What is transferred, in which direction, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CHUNK = 524_288
PARTITIONS = 4


class Direction(StrEnum):
    """Where files go."""

    UPLOAD = "upload"
    DISK = "download to disk"
    MEMORY = "download to memory"


class Side(StrEnum):
    """Who transfers."""

    BARE = "bare loop"
    HASHING = "hashing loop"
    HASH_FIRST = "hash-first loop"
    OURS = "jupyter_stream"
    THEIRS = "OpenMSIStream"
    THEIR_FILE_PROGRAM = "OpenMSIStream's UploadDataFile"


@dataclass(frozen=True, slots=True)
class Case:
    """A number of files of one size.

    Parameters
    ----------
    name
        Its name on the command line.
    files
        How many files.
    size
        Bytes of each.
    """

    name: str
    files: int
    size: int

    def __str__(self) -> str:
        return f"{self.files:,} x {_human(self.size)}".replace(",", " ")

    @property
    def bytes(self) -> int:
        """Bytes of all files together."""
        return self.files * self.size

    @property
    def records(self) -> int:
        """How many records carry the files."""
        return self.files * -(-self.size // CHUNK)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A case in a direction, and what the other program is given in its place.

    Parameters
    ----------
    case, direction
        What goes where.
    theirs
        What OpenMSIStream transfers: fewer, or smaller, files where all would take it very long;
        None leaves it out.
    sides
        Who transfers.
    """

    case: Case
    direction: Direction
    theirs: Case | None
    sides: tuple[Side, ...]

    def given_to(self, side: Side) -> Case:
        """Return what a side transfers."""
        return self.theirs if self.theirs and side not in _FULL else self.case


_LOOPS_AND_OURS = (Side.BARE, Side.HASHING, Side.OURS)
_FULL = (*_LOOPS_AND_OURS, Side.HASH_FIRST)
ALL_BUT_ONE = (*_LOOPS_AND_OURS, Side.THEIRS)
UPLOADERS = (Side.BARE, Side.HASHING, Side.HASH_FIRST, Side.OURS, Side.THEIRS)

LARGE = Case("large", 1, 2_000_000_000)
MEDIUM = Case("medium", 200, 5_000_000)
SMALL = Case("small", 5_000, 10_000)

FULL_PLAN = (
    Transfer(LARGE, Direction.UPLOAD, LARGE, (*UPLOADERS, Side.THEIR_FILE_PROGRAM)),
    Transfer(MEDIUM, Direction.UPLOAD, MEDIUM, UPLOADERS),
    Transfer(SMALL, Direction.UPLOAD, Case("small", 300, 10_000), ALL_BUT_ONE),
    Transfer(LARGE, Direction.DISK, LARGE, ALL_BUT_ONE),
    Transfer(MEDIUM, Direction.DISK, MEDIUM, ALL_BUT_ONE),
    Transfer(SMALL, Direction.DISK, SMALL, ALL_BUT_ONE),
    Transfer(LARGE, Direction.MEMORY, Case("large", 1, 250_000_000), ALL_BUT_ONE),
    Transfer(MEDIUM, Direction.MEMORY, MEDIUM, ALL_BUT_ONE),
    Transfer(SMALL, Direction.MEMORY, SMALL, ALL_BUT_ONE),
)

_TINY_LARGE = Case("large", 1, 6_000_000)
_TINY_MEDIUM = Case("medium", 4, 1_200_000)
_TINY_SMALL = Case("small", 40, 10_000)

QUICK_PLAN = (
    Transfer(_TINY_LARGE, Direction.UPLOAD, _TINY_LARGE, UPLOADERS),
    Transfer(_TINY_MEDIUM, Direction.DISK, _TINY_MEDIUM, ALL_BUT_ONE),
    Transfer(_TINY_SMALL, Direction.MEMORY, None, _LOOPS_AND_OURS),
)


def _human(size: int) -> str:
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= step:
            return f"{size / step:g} {unit}"
    return f"{size} B"
