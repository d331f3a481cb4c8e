"""Telling which files an upload leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import JobFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMED_FILES = 10


def tell_unsent(
    root: Path, unsent: list[str], given_up: int, *, fails: bool, tell: Callable[[str, str], None]
) -> None:
    """Tell which files were not sent.

    Parameters
    ----------
    root
        The directory, for the user.
    unsent
        The files that were still to be sent.
    given_up
        How many others could not be sent, which the user knows of.
    fails
        Whether this is a failure of the upload.
    tell
        Told in a title and a detail.

    Raises
    ------
    JobFailed
        Not everything was sent, and that is a failure.
    """
    if not unsent:
        if given_up and fails:
            raise JobFailed(f"{given_up} of the files could not be uploaded")
        return
    title = "stopped before everything was uploaded"
    count = f"{len(unsent) + given_up} files not sent"
    names = ", ".join(str(root / path) for path in unsent[:NAMED_FILES])
    tell(title.capitalize(), f"{count}, among them {names}")
    if fails:
        raise JobFailed(f"{title}: {count}")
