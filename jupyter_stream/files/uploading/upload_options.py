"""What a user may choose about an upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.path_filter import PathFilter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SETTLE_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """The choices of `upload`, where they are explained.

    Raises
    ------
    UsageMistake
        A number is out of range, or a pattern is empty.
    """

    watch: bool = False
    poll: bool = False
    settle_seconds: float = SETTLE_SECONDS
    include: str | Sequence[str] = ()
    exclude: str | Sequence[str] = ()
    chunk_size: int | None = None
    again: bool = False
    state: Path | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.settle_seconds < float("inf"):
            raise UsageMistake(f"settle_seconds must be 0 or more, not {self.settle_seconds}")
        if self.chunk_size is not None and self.chunk_size < 1:
            raise UsageMistake(f"chunk_size must be 1 byte or more, not {self.chunk_size}")
        _ = self.wanted

    @property
    def wanted(self) -> PathFilter:
        """Which files are wanted."""
        return PathFilter(self.include, self.exclude)
