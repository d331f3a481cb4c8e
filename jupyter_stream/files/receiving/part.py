"""What the assembler needs of a place that files are put together in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jupyter_stream.errors import StreamError
    from jupyter_stream.files.receiving.received_file import Content
    from jupyter_stream.files.receiving.unfinished_file import UnfinishedFile


class Traits(NamedTuple):
    """What is known of a file once all of it is there.

    Attributes
    ----------
    size
        Length in bytes.
    mtime
        Modification time in epoch seconds; None if unknown.
    sha512
        Digest of the content.
    """

    size: int
    mtime: float | None
    sha512: bytes


class Placed(NamedTuple):
    """A file under its name.

    Attributes
    ----------
    content
        Its bytes.
    is_new
        False if the very same file was in its place already, left there by a crash.
    """

    content: Content
    is_new: bool


class Part(Protocol):
    """One file that is being put together."""

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Put bytes at their offset; raises NotStored and may then be called again."""

    def read(self, start: int, stop: int) -> Iterator[bytes | memoryview]:
        """Give the bytes between two offsets again, in blocks; in any thread."""

    def seal(self, traits: Traits) -> None:
        """Make what was written safe; in any thread. Raises NotStored, then again."""

    def abandon(self) -> None:
        """Leave nothing behind."""

    def give_up(self, report: UnfinishedFile) -> str:
        """Leave what came where a person can find it, if there is such a place; say where."""


PartType = TypeVar("PartType", bound=Part)


class Sink(Protocol[PartType]):
    """A place that takes files.

    Attributes
    ----------
    patience
        Seconds that a complete file may wait for others, because many at once cost less.
    """

    @property
    def patience(self) -> float:
        """Seconds that a complete file may wait for others to become complete."""

    def begin(self, path: str, capacity: int) -> PartType:
        """Open a part for a file of at most `capacity` bytes.

        Raises UnsafePath, FileTooLarge or NotStored.
        """

    def place(self, parts: Sequence[PartType]) -> list[Placed | StreamError]:
        """Make sealed parts visible; for each say how, or why not.

        After NotStored the part can be placed again.
        """

    def close(self) -> None:
        """Leave nothing behind but the files."""
