"""What the system says when it does not take a file, in our words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_stream.errors import FileTooLarge, NotStored, UnsafePath

_NAME_REFUSED = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})


@contextmanager
def as_not_stored(place: Path) -> Iterator[None]:
    """Turn errors of the system into ours.

    Raises
    ------
    UnsafePath
        This file system does not take the name: trying again is of no use.
    FileTooLarge
        It takes no file of that size, or no more of it: trying again is of no use either.
    NotStored
        Anything else, for instance a full disk: trying again later may work.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _NAME_REFUSED:
            raise UnsafePath(f"{place} is no name for this file system: {reason}.") from error
        if error.errno == errno.EFBIG:
            raise FileTooLarge(
                f"{place} is larger than a file may be on this file system: {reason}."
            ) from error
        raise NotStored(
            f"{place} was not stored: {reason}. Make space or mend the output directory; the "
            "file then goes on where it was."
        ) from error
