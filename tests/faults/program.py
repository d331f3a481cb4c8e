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


# Root may do all; without these two rights it is refused what others are refused.
MERE_USER = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@contextmanager
def running(
    command: str, *arguments: str | Path, as_mere_user: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Run `jupyter stream COMMAND`, and kill it at the end if it still runs.

    Parameters
    ----------
    command, arguments
        What to run.
    as_mere_user
        Whether permissions are to hold, also for root.
    """
    prefix = MERE_USER if as_mere_user and os.geteuid() == 0 else ()
    process = subprocess.Popen(
        [*prefix, sys.executable, "-m", "jupyter_stream.cli", command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(),
    )
    with process:
        try:
            yield process
        except AssertionError as error:
            process.kill()
            error.add_note(f"jupyter stream {command} said: {process.communicate()[0]}")
            raise
        finally:
            process.kill()


def environment() -> Mapping[str, str]:
    """Return the environment in which a process finds this package."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def run(command: str, *arguments: str | Path, as_mere_user: bool = False) -> tuple[int, str]:
    """Run a command to its end, and return its exit code and what it printed."""
    with running(command, *arguments, as_mere_user=as_mere_user) as process:
        output, _ = process.communicate(timeout=END_SECONDS)
    return process.returncode, output


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would; it must still have been running."""
    process.kill()
    process.wait()
    assert process.returncode == -signal.SIGKILL, "it had ended by itself"
