"""What an assembler counts."""

from typing import NamedTuple


class AssemblyCounters(NamedTuple):
    """What an assembler has done so far.

    Attributes
    ----------
    chunks
        Chunks that were added, including the following two.
    duplicates
        Chunks that were there already, or whose file was completed already.
    repeated
        Files that came again after they were completed, as far as their first chunk did.
    refused
        Chunks and complete files that were refused: BadChunk, UnsafePath, FileTooLarge or
        FileChanged.
    bytes
        Bytes of data that went into files.
    completed
        Files that were completed and returned.
    present
        Files that were completed, and were in their place already.
    superseded
        Files that were completed, but not stored because a newer version was there.
    abandoned
        Unfinished files that were given up.
    """

    chunks: int = 0
    duplicates: int = 0
    repeated: int = 0
    refused: int = 0
    bytes: int = 0
    completed: int = 0
    present: int = 0
    superseded: int = 0
    abandoned: int = 0
