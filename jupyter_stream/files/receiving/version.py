"""Which of two versions of one path is the newer one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """What orders the versions of a path: modification time, then position in the topic.

    Attributes
    ----------
    mtime
        Modification time in epoch seconds; None if unknown.
    topic
        Topic that it came from.
    first_offsets
        The first offset of the version on each partition that carried it.
    """

    mtime: float | None
    topic: str
    first_offsets: Mapping[int, int]

    def is_older_than(self, other: "Version") -> bool:
        """Tell whether `other` must stay in the place of this version.

        Positions can be compared on a partition that both came from; where there is none, the
        version that completed later counts as the newer one.
        """
        if self.mtime is not None and other.mtime is not None and self.mtime != other.mtime:
            return self.mtime < other.mtime
        shared = self.first_offsets.keys() & other.first_offsets.keys()
        if self.topic != other.topic or not shared:
            return False
        partition = min(shared)
        return self.first_offsets[partition] < other.first_offsets[partition]
