"""What every reader of a topic can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.kafka.record import Record


class RecordReader(Protocol):
    """Reads a topic, alone or as a member of a group; for use in one thread."""

    @property
    def topic(self) -> str:
        """Name of the topic."""

    @property
    def trouble(self) -> str | None:
        """Why no records come, or why positions cannot be committed; None when all is well."""

    @property
    def lost(self) -> int:
        """How many records the cluster deleted before they were read."""

    @property
    def restarted(self) -> int:
        """How often a partition had become shorter than what was read, and was begun anew.

        The topic was deleted and made again, or the cluster has lost its newest records.
        """

    @property
    def partitions(self) -> set[int]:
        """The partitions that this reader reads now."""

    @property
    def partition_count(self) -> int:
        """How many partitions the topic has, as far as is known."""

    @property
    def begins(self) -> Mapping[int, int]:
        """The offset at which each partition was begun; in a group none: it keeps positions."""

    @property
    def at_end(self) -> bool:
        """Whether everything was read that the topic held when the reader was opened.

        In a group: of this member's partitions; a member that has none waits until the group has
        committed the end of all.
        """

    def read(self, timeout: float) -> list[Record]:
        """Return the records that have come, at most a few MiB of them.

        Parameters
        ----------
        timeout
            Seconds to wait for the first record.
        """

    def lag(self) -> int | None:
        """Return how many records are still to be read; None while that is unknown."""

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Remember for the group how far partitions are done; without a group nothing happens.

        It does not wait. What fails becomes trouble, and is tried again.

        Parameters
        ----------
        offsets
            For each partition the first offset that is not done. Partitions that are no longer
            this reader's are passed over.
        """

    def keep_alive(self) -> None:
        """Stay a member of the group while records cannot be taken; none is lost by it.

        Call it at least every few seconds, from the thread that reads.
        """

    def close(self) -> None:
        """Commit what is still to be committed, leave, and release the connection."""
