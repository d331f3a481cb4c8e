"""Paths as users name them."""

from pathlib import Path


def as_named(path: Path) -> Path:
    """Give a path as seen from the working directory, if it is below it.

    Parameters
    ----------
    path
        An absolute path.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:  # It was removed since the program began.
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path
