"""How much an assembler takes."""

from dataclasses import dataclass

_GIB = 1024**3


@dataclass(frozen=True, slots=True)
class AssemblyLimits:
    """What an assembler takes before it refuses or gives up.

    Attributes
    ----------
    max_file_bytes
        Largest file; a chunk of a larger one raises FileTooLarge.
    max_chunks
        Most chunks of one file; a chunk of a file with more raises FileTooLarge.
    max_total_bytes
        Bytes that all unfinished files may occupy. Beyond it, the file that has waited longest
        for a chunk is abandoned.
    max_unfinished_files
        Most unfinished files. Beyond it, the one that has waited longest is abandoned.
    """

    max_file_bytes: int = 4 * _GIB
    max_chunks: int = 1_000_000
    max_total_bytes: int = 8 * _GIB
    max_unfinished_files: int = 10_000
