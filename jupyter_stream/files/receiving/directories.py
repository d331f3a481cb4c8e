"""Directories below an output directory: made when needed, removed when nothing came of it."""

import os
from contextlib import suppress
from pathlib import Path

from jupyter_stream.errors import StreamError, UnsafePath
from jupyter_stream.files.safe_path import resolve_below
from jupyter_stream.files.system_refusals import as_not_stored


class TargetDirectories:
    """The directories that a batch of files goes to; each is looked at and made only once.

    Parameters
    ----------
    root
        The directory that nothing may leave, already resolved.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[Path, list[Path]]] = {}

    def place_of(self, path: str) -> Path:
        """Give the real place of a file, in a directory that is there.

        Parameters
        ----------
        path
            Relative posix path, checked for safety.

        Raises
        ------
        UnsafePath
            A link leads out of the root, or a file has the name of a directory.
        NotStored
            The system refuses, or the root itself is gone.
        """
        parent, _, name = path.rpartition("/")
        if parent not in self._known:
            directory = resolve_below(self._root, parent) if parent else self._root
            self._known[parent] = directory, make_directories(self._root, directory)
        place = self._known[parent][0] / name
        return resolve_below(self._root, path) if place.is_symlink() else place

    def changed_by(self, path: str) -> set[Path]:
        """Give the directories that have new names in them because of a file."""
        directory, made = self._known[path.rpartition("/")[0]]
        return {directory, *(new.parent for new in made)}

    def forget(self, path: str) -> None:
        """Remove what was made for a file that did not come, unless others came."""
        _, made = self._known.pop(path.rpartition("/")[0])
        remove_directories(made)


def make_directories(root: Path, directory: Path) -> list[Path]:
    """Make what is missing between a root, which must exist, and a directory below it.

    Returns
    -------
    list[Path]
        The directories that were made, the outermost first.

    Raises
    ------
    UnsafePath
        A file is in the way.
    NotStored
        The system refuses, or the root itself is gone.
    """
    made: list[Path] = []
    if directory.is_dir():
        return made
    for path in reversed([directory, *directory.parents]):
        if path.is_relative_to(root) and path != root and not path.is_dir():
            _make(path, made)
    return made


def remove_directories(made: list[Path]) -> None:
    """Remove directories again, unless something else has come into them."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir()


def refuse_directory(target: Path) -> None:
    """Raise UnsafePath if a directory is where a file must go."""
    if target.is_dir():
        raise UnsafePath(f"{target} is a directory; no file can have that name.")


def sync_directory(directory: Path) -> None:
    """Make the names in a directory survive a power failure, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make(path: Path, made: list[Path]) -> None:
    try:
        with as_not_stored(path):
            _make_or_refuse(path)
    except StreamError:
        remove_directories(made)
        raise
    made.append(path)


def _make_or_refuse(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UnsafePath(f"{path} is a file; no directory can have that name.") from error
