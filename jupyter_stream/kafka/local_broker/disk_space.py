"""Room on the disk."""

import errno
import shutil
from pathlib import Path

from jupyter_stream.errors import DiskFull

# How the operating system says it, in Kafka's log as in Maven's.
NO_SPACE = "No space left on device"

_OUT_OF_SPACE = {errno.ENOSPC, errno.EDQUOT}
MEGABYTE = 1_000_000


def require_space(directory: Path, minimum: int) -> None:
    """Make sure that the disk of a folder has room.

    Parameters
    ----------
    directory
        An existing folder.
    minimum
        The room that must be there, in bytes.

    Raises
    ------
    DiskFull
        There is less.
    """
    free = shutil.disk_usage(directory).free
    if free < minimum:
        raise DiskFull(
            f"Only {free / MEGABYTE:.0f} MB are free on the disk of {directory}, and the local "
            f"broker wants {minimum / MEGABYTE:.0f} MB there. Make room, or keep its data on "
            "another disk."
        )


def is_full(directory: Path) -> bool:
    """Tell whether next to nothing fits on the disk of a folder any more."""
    return shutil.disk_usage(directory).free < MEGABYTE


def out_of_space(error: OSError) -> bool:
    """Tell whether an operation failed because the disk or the user's quota is used up."""
    return error.errno in _OUT_OF_SPACE
