"""Paths that came over the wire: which of them may become files, on any platform."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from jupyter_stream.errors import UnsafePath
from jupyter_stream.files.ledger import STATE_FOLDER

MAX_NAME_BYTES = 255
MAX_PATH_BYTES = 1024
PART_SUFFIX = ".jupyter-stream-part"
_RESERVED = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_DRIVE = re.compile(r"[A-Za-z]:")


def check_path(path: str) -> str:
    """Return a relative posix path unchanged if every platform can hold it safely.

    Raises
    ------
    UnsafePath
        The path is absolute, leads upwards, or has a name that some platform treats specially.
    """
    if _byte_length(path) > MAX_PATH_BYTES:
        raise UnsafePath(f"Path of more than {MAX_PATH_BYTES} bytes: {path[:80]!r}...")
    if path.startswith("/"):
        raise UnsafePath(f"Path {path!r} is absolute; only relative ones are written.")
    for name in path.split("/"):
        fault = _fault(name)
        if fault:
            raise UnsafePath(f"Path {path!r}: the name {name!r} {fault}.")
    return path


def resolve_below(root: Path, path: str) -> Path:
    """Give the real place of a checked relative path below a directory.

    Parameters
    ----------
    root
        The directory that nothing may leave, already resolved.
    path
        Relative posix path from the wire.

    Raises
    ------
    UnsafePath
        The path is unsafe in itself, or a link inside the directory leads out of it.
    """
    resolved = Path(os.path.realpath(root / check_path(path)))
    if not resolved.is_relative_to(root):
        raise UnsafePath(f"Path {path!r} leads out of {root} through a link, to {resolved}.")
    return resolved


def _fault(name: str) -> str:
    """Say what is wrong with one name of a path; "" if nothing is."""
    return next((fault for is_wrong, fault in _FAULTS if is_wrong(name)), "")


def _byte_length(path: str) -> int:
    """Count the bytes of a path in UTF-8, which lone surrogates cannot be written in."""
    try:
        return len(path.encode())
    except UnicodeEncodeError as error:
        raise UnsafePath(f"Path {path!r} is not valid Unicode.") from error


_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda name: name in ("", ".", ".."), "is no name of a file or directory"),
    (_CONTROL.search, "holds a control character or a backslash"),
    (_DRIVE.match, "begins like a drive"),
    (lambda name: name[-1] in ". ", "ends in a dot or a space, which Windows drops"),
    (_RESERVED.fullmatch, "is reserved on Windows"),
    (lambda name: name.casefold() == STATE_FOLDER, "is reserved for the state of transfers"),
    (lambda name: name.casefold().endswith(PART_SUFFIX), "is reserved for unfinished files"),
    (lambda name: len(name.encode()) > MAX_NAME_BYTES, f"has more than {MAX_NAME_BYTES} bytes"),
)
