"""The memory of completed files for a stream that keeps nothing on disk."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from jupyter_stream.files.receiving.assembly import FileIdentity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.register import Completion
    from jupyter_stream.files.receiving.version import Version


class CompletedFiles:
    """A register in memory: knows the latest completed files, up to a limit.

    Parameters
    ----------
    limit
        How many files are remembered.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._last_offsets: OrderedDict[FileIdentity, dict[int, int]] = OrderedDict()
        self._latest: dict[tuple[str, str], bytes] = {}

    def __len__(self) -> int:
        return len(self._last_offsets)

    def refresh(self) -> None:
        """Do nothing: nobody else enters anything."""

    def covers(self, identity: FileIdentity, partition: int, offset: int) -> bool:
        """Tell whether a chunk repeats a file that was completed."""
        known = self._last_offsets.get(identity)
        if known is None:
            return False
        if offset <= known.get(partition, -1):
            return True
        if self._latest.get((identity.topic, identity.path)) != identity.file_hash:
            return False
        known[partition] = offset
        return True

    def is_superseded(self, identity: FileIdentity, version: Version) -> bool:  # noqa: ARG002
        """Tell that nothing is: every version of a path is delivered."""
        return False

    def enter(
        self,
        completions: Sequence[Completion],
        positions: Mapping[int, int],  # noqa: ARG002 - a restart begins anew
    ) -> list[ReceivedFile]:
        """Remember files, and give them."""
        for completion in completions:
            self._add(completion.identity, completion.last_offsets)
        return [completion.file for completion in completions if completion.file]

    def forget(self, files: Iterable[ReceivedFile]) -> None:
        """Forget files that nobody has got, and that are read anew."""
        for file in files:
            identity = FileIdentity(file.topic, file.path, bytes.fromhex(file.sha512))
            if identity in self._last_offsets:
                self._drop(identity)

    def _add(self, identity: FileIdentity, last_offsets: Mapping[int, int]) -> None:
        """Remember a completed file and the last offset of it on each partition."""
        known = self._last_offsets.setdefault(identity, {})
        known.update(last_offsets)
        self._last_offsets.move_to_end(identity)
        self._latest[identity.topic, identity.path] = identity.file_hash
        if len(self._last_offsets) > self._limit:
            self._drop(next(iter(self._last_offsets)))

    def _drop(self, identity: FileIdentity) -> None:
        del self._last_offsets[identity]
        place = (identity.topic, identity.path)
        if self._latest.get(place) == identity.file_hash:
            del self._latest[place]
