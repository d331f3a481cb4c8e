"""Seeing to it that nobody uploads the same twice at a time."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from jupyter_stream.errors import LedgerInUse
from jupyter_stream.files.process_lock import ProcessLock

if TYPE_CHECKING:
    from pathlib import Path


def lock_upload(folder: Path, source: Path, topic: str) -> ProcessLock:
    """Take the lock of an upload.

    Parameters
    ----------
    folder
        The state folder.
    source, topic
        What is uploaded where.

    Raises
    ------
    LedgerInUse
        Another uploads the same.
    LedgerNotWritten
        The state folder cannot be written.
    """
    what = f"{source.resolve()}\0{topic}".encode(errors="surrogateescape")
    try:
        return ProcessLock(folder / f"upload-{sha256(what).hexdigest()[:16]}.lock")
    except LedgerInUse:
        raise LedgerInUse(
            f"{source} is being uploaded to {topic!r} already, by this or another process with "
            f"the state folder {folder}; stop that upload first"
        ) from None
