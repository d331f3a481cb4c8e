"""The memory of files that were completed, so that repeated chunks do not start them anew."""

from collections import OrderedDict
from collections.abc import Mapping

from jupyter_stream.files.assembly import FileIdentity


class CompletedFiles:
    """Knows the latest completed files, up to a limit.

    A chunk of a known file is a repetition if the file is still the latest version of its path,
    or if the record lies where that file was already read. Otherwise somebody sent an earlier
    content again, after another one: that is a file of its own.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last_offsets: OrderedDict[FileIdentity, dict[int, int]] = OrderedDict()
        self._latest: dict[tuple[str, str], bytes] = {}

    def __len__(self) -> int:
        return len(self._last_offsets)

    def add(self, identity: FileIdentity, last_offsets: Mapping[int, int]) -> None:
        """Remember a completed file and the last offset of it on each partition."""
        known = self._last_offsets.setdefault(identity, {})
        known.update(last_offsets)
        self._last_offsets.move_to_end(identity)
        self._latest[identity.topic, identity.path] = identity.file_hash
        if len(self._last_offsets) > self._limit:
            self._forget_oldest()

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

    def _forget_oldest(self) -> None:
        """Drop the file that was completed the longest ago."""
        oldest, _ = self._last_offsets.popitem(last=False)
        place = (oldest.topic, oldest.path)
        if self._latest.get(place) == oldest.file_hash:
            del self._latest[place]
