"""The memory of files that were completed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_stream.files.receiving.assembly import FileIdentity
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.version import Version


@dataclass(frozen=True, slots=True)
class Completion:
    """A file that became complete.

    Attributes
    ----------
    identity
        Which file.
    version
        What orders it among the versions of its path.
    last_offsets
        Its last offset on each partition.
    size
        Length in bytes.
    completed_by
        Partition and offset of the record that completed it.
    file
        What users get; None if there is nothing new: a newer version was there, or the very
        same file.
    is_newest
        Whether it is the newest version of its path.
    """

    identity: FileIdentity
    version: Version
    last_offsets: Mapping[int, int]
    size: int
    completed_by: tuple[int, int]
    file: ReceivedFile | None
    is_newest: bool

    @property
    def outcome(self) -> str:
        """What became of it, as `AssemblyCounters` names it."""
        if self.file is not None:
            return "completed"
        return "present" if self.is_newest else "superseded"


class Register(Protocol):
    """Knows the files that were completed, so that none is completed twice.

    A chunk of a known file is a repetition if the file is still the newest version of its path,
    or if the record lies where that file was already read. Otherwise somebody sent an earlier
    content again, after another one: that is a file of its own.
    """

    def refresh(self) -> None:
        """Learn what others entered; before each batch of records. Raises LedgerNotWritten."""

    def covers(self, identity: FileIdentity, partition: int, offset: int) -> bool:
        """Tell whether a chunk repeats a file that was completed."""

    def is_superseded(self, identity: FileIdentity, version: Version) -> bool:
        """Tell whether a newer version must stay in the place of this one."""

    def enter(
        self, completions: Sequence[Completion], positions: Mapping[int, int]
    ) -> list[ReceivedFile]:
        """Remember files, and where to go on after a restart; give those that are new.

        No two of the files are versions of one path.

        Raises LedgerNotWritten; then nothing was remembered, and it can be tried again.
        """
