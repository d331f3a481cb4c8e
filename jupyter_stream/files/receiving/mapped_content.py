"""The content of a file on disk, mapped into memory when somebody looks at it."""

import mmap
import os
from pathlib import Path

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.stamp import Stamp, stamp_of


class MappedContent:
    """A file on disk that must still be the one that was written there.

    Nothing is opened before `data` is called, so thousands of received files cost no descriptors.
    """

    __slots__ = ("_stamp", "_view", "location")

    def __init__(self, location: Path, stamp: Stamp) -> None:
        self.location = location
        self._stamp = stamp
        self._view: memoryview | None = None

    def data(self) -> memoryview:
        """Map the file and give its bytes, read-only.

        Raises
        ------
        FileChanged
            The file was replaced by a newer version, written to, or removed.
        """
        if self._view is None:
            self._view = self._map()
        return self._view

    def _map(self) -> memoryview:
        try:
            with self.location.open("rb") as file:
                if stamp_of(os.fstat(file.fileno())) != self._stamp:
                    raise FileChanged(
                        f"{self.location} changed after it had arrived; read it from disk if the "
                        "newer content will do."
                    )
                if not self._stamp.size:
                    return memoryview(b"")
                return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except FileNotFoundError as error:
            raise FileChanged(f"{self.location} was removed after it had arrived.") from error
