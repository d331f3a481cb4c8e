"""How much an assembler takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.errors import FileTooLarge

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.layout import Layout

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

    def check(self, path: str, layout: Layout) -> None:
        """Refuse a file by what it claims, before anything is taken for it.

        Parameters
        ----------
        path
            Its path, for the error text.
        layout
            How it is cut, as its first chunk says.

        Raises
        ------
        FileTooLarge
            It is too large, or cut into too many chunks.
        """
        most = min(self.max_file_bytes, self.max_total_bytes)
        if layout.least_size > most:
            raise FileTooLarge(
                f"{path!r} has {layout.least_size} bytes or more; the limit is {most}."
            )
        if layout.total > self.max_chunks:
            raise FileTooLarge(
                f"{path!r} comes in {layout.total} chunks; the limit is {self.max_chunks}. "
                "Send it in larger chunks."
            )

    def allow(self, files: int, size: int) -> bool:
        """Tell whether unfinished files may go on waiting for chunks; one always may.

        Parameters
        ----------
        files
            How many there are.
        size
            The bytes that they may occupy.
        """
        return files <= 1 or (files <= self.max_unfinished_files and size <= self.max_total_bytes)
