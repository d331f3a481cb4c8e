"""A directory that an instrument writes to."""

from __future__ import annotations

import hashlib
import os
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STATE_FOLDER = ".jupyter_stream"
LARGE_BYTES = 6_000_000


class Tree:
    """A directory with files of all sizes, which grows and changes by chance.

    Parameters
    ----------
    root
        The directory.
    seed
        What chance begins with.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self._chance = random.Random(seed)
        self._count = 0
        root.mkdir(parents=True)

    def grow(self, large: int = 1, small: int = 3) -> None:
        """Add files."""
        for size in [LARGE_BYTES] * large + [20_000] * small:
            self._count += 1
            folder = self._chance.choice(("", "run 1/", "run 1/größe/"))
            self._write(f"{folder}file {self._count:03}.dat", self._chance.randrange(size))

    def replace_one(self) -> None:
        """Write another content into one of the files."""
        name = self._chance.choice(sorted(self.hashes()))
        self._write(name, self._chance.randrange(LARGE_BYTES))

    def hashes(self) -> dict[str, str]:
        """Return the SHA-512 of each file by its relative path."""
        return hashes_below(self.root)

    def _write(self, name: str, size: int) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.tmp")
        partial.write_bytes(os.urandom(size))
        partial.replace(path)


def hashes_below(root: Path) -> dict[str, str]:
    """Return the SHA-512 of each file below a directory by its relative path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha512(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and STATE_FOLDER not in path.parts
    }
