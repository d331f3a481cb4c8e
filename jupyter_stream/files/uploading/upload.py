"""Uploading: files on disk become chunks on a topic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.uploading.upload_job import Upload
from jupyter_stream.files.uploading.upload_options import SETTLE_SECONDS, UploadOptions
from jupyter_stream.kafka.connect import current_cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.kafka.cluster import Cluster

__all__ = ["Upload", "upload"]


def upload(
    path: str | Path,
    topic: str,
    *,
    watch: bool = False,
    poll: bool = False,
    settle_seconds: float = SETTLE_SECONDS,
    include: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    chunk_size: int | None = None,
    again: bool = False,
    state: str | Path | None = None,
    cluster: Cluster | None = None,
) -> Upload:
    """Upload a file, or all files below a directory, in the background.

    Hidden and partial files (`.part`, `.tmp`, `~`) are left out. What was uploaded before to the
    same topic, and has not changed since, is not sent again: a ledger in the state folder knows.

    Parameters
    ----------
    path
        A file or a directory.
    topic
        Name of the topic; it is created if it does not exist.
    watch
        Whether to go on with files that appear or change later; for a directory only.
    poll
        With `watch`, whether to look at the whole directory again and again, instead of being
        told by the operating system; for network shares.
    settle_seconds
        With `watch`, a file counts as complete when it has not changed for so long. One that gets
        its final name after a hidden or partial one, or is moved in, is complete at once.
    include, exclude
        Glob patterns; only files that fit one of `include` (if there are any), and none of
        `exclude`. A pattern with a "/" is compared with the path below the directory, one without
        with the name; `**` stands for any directories.
    chunk_size
        Bytes of a file in each record; 512 KiB, or less where the topic takes no larger records.
    again
        Whether to send also what was sent before.
    state
        Folder for the ledger; `.jupyter_stream` inside the directory if not given.
    cluster
        The cluster; the one connected to last if not given.

    Returns
    -------
    Upload
        The running upload; its `wait` returns when everything is stored by the broker.

    Raises
    ------
    NoSuchPath
        There is no such file or directory, or a single file is to be watched.
    UsageMistake
        A pattern or a number makes no sense.
    LedgerInUse
        The same is being uploaded to this topic already.
    LedgerError
        The state folder cannot be written, or its ledger is broken.
    NotConnected
        No cluster was given, and none was connected to.
    ClusterUnreachable
        No broker answers.
    """
    source = _settled_path(path)
    if not source.exists():
        raise NoSuchPath(f"there is no file or directory {source}")
    if not source.is_dir() and not source.is_file():
        raise NoSuchPath(f"{source} is neither a file nor a directory")
    if watch and not source.is_dir():
        raise NoSuchPath(f"{source} is no directory; only directories can be watched")
    options = UploadOptions(
        watch=watch,
        poll=poll,
        settle_seconds=settle_seconds,
        include=include,
        exclude=exclude,
        chunk_size=chunk_size,
        again=again,
        state=None if state is None else _settled_path(state),
    )
    return Upload(cluster or current_cluster(), source, topic, options).start()


def _settled_path(path: str | Path) -> Path:
    """Give what a path is now: notebooks change their working directory while uploads run."""
    return Path(path).expanduser().absolute()
