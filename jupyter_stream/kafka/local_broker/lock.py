"""One at a time, among all processes of a machine."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    _PAUSE = 0.05

    def _take(file: BinaryIO) -> None:
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(_PAUSE)
            else:
                return
else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file; wait for whoever holds it now.

    Parameters
    ----------
    path
        The file; it is made, and stays. The operating system frees the lock when its holder ends,
        however it ends.
    """
    with path.open("ab") as file:
        _take(file)
        yield
