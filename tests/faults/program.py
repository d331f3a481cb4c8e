"""The command `jupyter stream` as a process that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jupyter_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(jupyter_stream.__file__).parents[1]
END_SECONDS = 120.0


@contextmanager
def running(
    command: str, *arguments: str | Path, user: int | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run `jupyter stream COMMAND`, and kill it at the end if it still runs.

    Parameters
    ----------
    command, arguments
        What to run.
    user
        Number of the user to run it as, for who may become another user.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_stream.cli", command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(),
        user=user,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def environment() -> Mapping[str, str]:
    """Return the environment in which a process finds this package."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def run(command: str, *arguments: str | Path, user: int | None = None) -> tuple[int, str]:
    """Run a command to its end, and return its exit code and what it printed."""
    with running(command, *arguments, user=user) as process:
        output, _ = process.communicate(timeout=END_SECONDS)
    return process.returncode, output


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would; it must still have been running."""
    process.kill()
    process.wait()
    assert process.returncode == -signal.SIGKILL, "it had ended by itself"
