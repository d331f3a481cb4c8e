"""The table of unfinished files, in the order in which they last got a chunk."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator

from jupyter_stream.files.receiving.assembly import Assembly, FileIdentity
from jupyter_stream.files.receiving.layout import Layout


class UnfinishedTable:
    """Unfinished files by identity and cut, and the bytes that they may occupy.

    The same file cut in two ways (sent again with another chunk size) is two entries: either
    can complete, and neither spoils the other.
    """

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[FileIdentity, Layout], Assembly] = OrderedDict()
        self._cuts: defaultdict[FileIdentity, set[Layout]] = defaultdict(set)
        self._paths: Counter[tuple[str, str]] = Counter()
        self._charges: dict[tuple[FileIdentity, Layout], int] = {}
        self.charge = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Assembly]:
        """Go through the files, the one that waited longest first."""
        return iter(self._entries.values())

    def __reversed__(self) -> Iterator[Assembly]:
        """Go through the files, the one that got a chunk last first."""
        return reversed(self._entries.values())

    def get(self, identity: FileIdentity, layout: Layout) -> Assembly | None:
        """Look a file up."""
        return self._entries.get((identity, layout))

    def keep(self, assembly: Assembly) -> None:
        """Enter a file, or move it to the end after it got a chunk."""
        key = (assembly.identity, assembly.layout)
        if key not in self._entries:
            self._paths[_path_of(assembly.identity)] += 1
        self._entries[key] = assembly
        self._entries.move_to_end(key)
        self._cuts[assembly.identity].add(assembly.layout)
        self.charge += assembly.charge - self._charges.get(key, 0)
        self._charges[key] = assembly.charge

    def longest_waiting(self) -> Assembly:
        """Give the file that misses chunks, and whose latest chunk is the longest ago."""
        return next(assembly for assembly in self if not assembly.is_complete)

    def remove(self, assembly: Assembly) -> None:
        """Take one file out."""
        key = (assembly.identity, assembly.layout)
        del self._entries[key]
        self.charge -= self._charges.pop(key)
        cuts = self._cuts[assembly.identity]
        cuts.remove(assembly.layout)
        if not cuts:
            del self._cuts[assembly.identity]
        path = _path_of(assembly.identity)
        self._paths[path] -= 1
        if not self._paths[path]:
            del self._paths[path]

    def with_identity(self, identity: FileIdentity) -> list[Assembly]:
        """Give all cuts of one file."""
        return [self._entries[identity, layout] for layout in self._cuts.get(identity, ())]

    def has_other_versions(self, identity: FileIdentity) -> bool:
        """Tell whether other contents of a file's path are here."""
        return self._paths[_path_of(identity)] > len(self._cuts.get(identity, ()))


def _path_of(identity: FileIdentity) -> tuple[str, str]:
    return identity.topic, identity.path
