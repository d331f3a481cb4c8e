"""An environment of its own for OpenMSIStream, made with pip and kept in the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

VERSION = "1.8.8"
# The last one that writes chunks of 9 fields.
OLDER_VERSION = "1.8.6"
FOLDER = Path(__file__).parents[2] / ".venv-openmsistream"
_INSTALL_SECONDS = 900.0


class NoOpenMSIStream(Exception):
    """OpenMSIStream could not be installed, so nothing can be said about it."""


def openmsistream() -> Path:
    """Return the folder of the environment; it is made if it is not there.

    Raises
    ------
    NoOpenMSIStream
        pip could not install it; the text is what pip says.
    """
    made_for = FOLDER / "made-for.txt"
    wanted = f"{VERSION}\n{OLDER_VERSION}\n{sys.version}\n{FOLDER}\n"
    if not made_for.is_file() or made_for.read_text() != wanted:
        venv.create(FOLDER, clear=True, with_pip=True)
        _pip_install(f"openmsistream=={VERSION}")
        # What it needs is there already, from the newer one.
        _pip_install("--no-deps", "--target", str(older()), f"openmsistream=={OLDER_VERSION}")
        made_for.write_text(wanted)
    return FOLDER


def older() -> Path:
    """Return the folder of the older version's packages, for PYTHONPATH."""
    return FOLDER / "older"


def _pip_install(*arguments: str) -> None:
    command = [str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
    )
    if done.returncode:
        raise NoOpenMSIStream(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
