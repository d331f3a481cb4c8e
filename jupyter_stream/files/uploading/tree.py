"""The files of a directory that are to be uploaded, and why others are not."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from jupyter_stream.errors import NoSuchPath
from jupyter_stream.files.ledger import STATE_FOLDER
from jupyter_stream.files.stamp import FileState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jupyter_stream.files.path_filter import PathFilter

_PARTIAL_ENDINGS = (".part", ".tmp", "~")


class Found(NamedTuple):
    """A file as it was seen.

    Attributes
    ----------
    path
        Relative posix path.
    state
        Size and modification time.
    inode
        Its number on its disk; 0 where disks have none.
    """

    path: str
    state: FileState
    inode: int


class Tree:
    """The files below a directory.

    Links to files are followed inside the directory only, links to directories never. Names that
    begin with a dot, or end like unfinished downloads (`.part`, `.tmp`, `~`), are left out.

    Parameters
    ----------
    root
        The directory.
    wanted
        Which of its files are wanted.
    state
        The folder with our own state, which is passed over without a word.

    Attributes
    ----------
    skipped : dict[str, str]
        What the latest walk left out, and why.
    partial : dict[int, FileState]
        Hidden and partial files that the latest walk saw, by their inodes.
    """

    def __init__(self, root: Path, wanted: PathFilter, state: Path) -> None:
        self.root = root
        self._own = _relative(root, state)
        self.skipped: dict[str, str] = {}
        self.partial: dict[int, FileState] = {}
        self._wanted = wanted
        self._device: int | None = None

    def walk(self) -> Iterator[Found]:
        """Give all files.

        Raises
        ------
        NoSuchPath
            The directory is not there, or cannot be listed.
        """
        self.skipped, self.partial = {}, {}
        yield from self._below("", self._list_root())

    def look_at(self, path: str) -> Iterator[Found]:
        """Give a file if it is one that counts, or all those below a directory.

        Parameters
        ----------
        path
            Relative posix path; nothing need be there.
        """
        if not path or self.hides(path):
            return
        try:
            status = (self.root / path).lstat()
            if stat.S_ISDIR(status.st_mode):
                yield from self._below(f"{path}/", _list(self.root / path))
            elif not self._reason_by_kind(path, status.st_mode):
                yield _found(path, (self.root / path).stat())
        except OSError:
            return  # The next walk tells why, if it is still so.

    def hides(self, path: str) -> bool:
        """Say whether a path is left out because of its names alone.

        Parameters
        ----------
        path
            Relative posix path of a file or a directory.
        """
        ours = self._own is not None and f"{path}/".startswith(f"{self._own}/")
        return ours or any(map(_reason_by_name, path.split("/")))

    def _list_root(self) -> list[os.DirEntry[str]]:
        try:
            entries, device = _list(self.root), self.root.stat().st_dev
        except OSError as error:
            raise NoSuchPath(
                f"{self.root} is no directory that can be listed ({error.strerror}); is it mounted?"
            ) from error
        # What is left when a share is unmounted: the place where it was.
        if not entries and self._device not in (None, device):
            raise NoSuchPath(f"{self.root} is empty and on another disk now; is it mounted?")
        self._device = device
        return entries

    def _below(self, prefix: str, entries: Iterable[os.DirEntry[str]]) -> Iterator[Found]:
        """Give the files of a directory and of those below, without recursion: trees are deep."""
        directories: list[str] = []
        yield from self._within(prefix, entries, directories)
        while directories:
            # Listed only now: all listings of a large tree would take much memory.
            path = directories.pop()
            yield from self._within(f"{path}/", self._listed(path), directories)

    def _within(
        self, prefix: str, entries: Iterable[os.DirEntry[str]], directories: list[str]
    ) -> Iterator[Found]:
        """Give the files of one directory, and add the directories in it to those to come."""
        for entry in entries:
            path = prefix + entry.name
            if path == self._own or entry.name == STATE_FOLDER:
                continue
            try:
                if not entry.is_dir(follow_symlinks=False):
                    yield from self._examined(path, entry)
                elif reason := _reason_by_name(entry.name):
                    self.skipped[path] = reason
                else:
                    directories.append(path)
            except FileNotFoundError:
                continue  # It has just vanished.
            except OSError as error:
                self.skipped[path] = f"cannot be read: {error.strerror}"

    def _listed(self, path: str) -> list[os.DirEntry[str]]:
        try:
            return _list(self.root / path)
        except FileNotFoundError:
            return []  # It has just vanished.
        except OSError as error:
            self.skipped[path] = f"cannot be listed: {error.strerror}"
            return []

    def _examined(self, path: str, entry: os.DirEntry[str]) -> Iterator[Found]:
        if reason := _reason_by_name(entry.name):
            self.skipped[path] = reason
            self._remember_partial(entry)
            return
        # An ordinary file is told by the listing, without asking for each one.
        plain = entry.is_file(follow_symlinks=False)
        mode = stat.S_IFREG if plain else entry.stat(follow_symlinks=False).st_mode
        if reason := self._reason_by_kind(path, mode):
            self.skipped[path] = reason
        else:
            yield _found(path, entry.stat())

    def _remember_partial(self, entry: os.DirEntry[str]) -> None:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(status.st_mode) and status.st_ino:
            self.partial[status.st_ino] = FileState(status.st_size, status.st_mtime_ns)

    def _reason_by_kind(self, path: str, mode: int) -> str:
        """Say why something is no file of this directory that is wanted; "" if it is one."""
        if stat.S_ISLNK(mode):
            reason = self._reason_by_link(path)
        else:
            reason = "" if stat.S_ISREG(mode) else "is no regular file"
        return reason or self._wanted.reason(path)

    def _reason_by_link(self, path: str) -> str:
        target = self.root / path
        try:
            mode = target.stat().st_mode
        except FileNotFoundError:
            return "is a link to nothing"
        if not stat.S_ISREG(mode):
            return f"is a link to {'a directory' if stat.S_ISDIR(mode) else 'no regular file'}"
        inside = target.resolve().is_relative_to(self.root.resolve())
        return "" if inside else "is a link out of here"


def _relative(root: Path, folder: Path) -> str | None:
    """Give the path of a folder below a root; None if it is elsewhere."""
    place, top = folder.resolve(), root.resolve()
    return place.relative_to(top).as_posix() if place.is_relative_to(top) else None


def _found(path: str, status: os.stat_result) -> Found:
    return Found(path, FileState(status.st_size, status.st_mtime_ns), status.st_ino)


def _list(directory: Path) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return list(entries)


def _reason_by_name(name: str) -> str:
    if name.startswith("."):
        return "is hidden"
    return "is a partial file, by its name" if name.casefold().endswith(_PARTIAL_ENDINGS) else ""
