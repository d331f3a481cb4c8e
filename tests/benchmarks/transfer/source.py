"""The files that are transferred."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.benchmarks.transfer.case import Case

_PIECE = 1 << 22


class Source:
    """A folder of random files.

    Parameters
    ----------
    folder
        Where they are; it is made.
    case
        How many of which size.
    """

    def __init__(self, folder: Path, case: Case) -> None:
        self.folder = folder
        self.case = case
        self.sha512: dict[str, str] = {}
        folder.mkdir(parents=True)
        for number in range(case.files):
            name = f"file-{number:05}.dat"
            self.sha512[name] = _fill(folder / name, case.size)

    def clear_strangers(self) -> None:
        """Remove what is no source file."""
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in self.sha512:
                path.unlink()

    def check_folder(self, folder: Path) -> None:
        """Compare downloaded files with the source.

        Raises
        ------
        WrongData
            A file is missing, or its content differs.
        """
        found = {path.name: _hash(path) for path in folder.glob("*.dat")}
        check(self.sha512, found, str(folder))


class WrongData(Exception):
    """What came out is not what went in."""


def check(expected: dict[str, str], found: dict[str, str], where: str) -> None:
    """Compare hashes by name.

    Raises
    ------
    WrongData
        They differ; the text names the first that does.
    """
    if found != expected:
        names = expected.keys() | found.keys()
        wrong = sorted(name for name in names if expected.get(name) != found.get(name))
        raise WrongData(f"{where}: {len(wrong)} files missing or wrong, such as {wrong[0]}")


def _fill(path: Path, size: int) -> str:
    digest = hashlib.sha512()
    with path.open("wb") as file:
        for piece in _random_pieces(size):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _random_pieces(size: int) -> Iterator[bytes]:
    for start in range(0, size, _PIECE):
        yield os.urandom(min(_PIECE, size - start))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
