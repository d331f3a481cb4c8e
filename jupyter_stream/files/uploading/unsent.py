"""Telling which files an upload leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import JobFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jupyter_stream.files.uploading.survey import Survey

NAMED_FILES = 10


def tell_left(surveyed: Survey, written: int, topic: str, tell: Callable[[str, str], None]) -> None:
    """Tell that a file was left in the middle.

    Parameters
    ----------
    surveyed
        The file.
    written
        How many of its chunks were sent; with 0 there is nothing to tell.
    topic
        Where to.
    tell
        Told in a title and a detail.
    """
    if written:
        tell(
            "Stopped in the middle of a file",
            f"{surveyed.file} is not complete on {topic}: {written} of {surveyed.total} chunks "
            "were sent. Upload it again.",
        )


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
