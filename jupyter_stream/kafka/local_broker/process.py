"""The broker's operating system process, which outlives the one that started it."""

import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0

_LOOK_SECONDS = 0.05

# Brokers started by this very process: unless it collects their exit code, they stay as zombies.
_children: dict[int, subprocess.Popen[bytes]] = {}


def launch(command: Sequence[str], directory: Path, console: Path) -> int:
    """Start a program in a session of its own and return its process id.

    Parameters
    ----------
    command
        The program and its arguments.
    directory
        Its working directory.
    console
        The file for what it prints.
    """
    with console.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - Java and Kafka
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=java_environment(),
            start_new_session=True,
            creationflags=_FLAGS,
        )
    _children[child.pid] = child
    return child.pid


def java_environment() -> dict[str, str]:
    """Return our environment, with a locale in which Java can open every file name."""
    return dict(os.environ) if os.name == "nt" else os.environ | {"LC_ALL": "C.UTF-8"}


def is_alive(pid: int, mark: str) -> bool:
    """Tell whether a process runs and is the one that we mean.

    Parameters
    ----------
    pid
        The process id, which another program may have got in the meantime.
    mark
        An argument on its command line that only the right one has.
    """
    child = _children.get(pid)
    if child is not None and child.poll() is None:
        # Right after its start, a process has no command line that others could read.
        return True
    _children.pop(pid, None)
    try:
        return mark in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def end(pid: int, patience: float) -> bool:
    """End a process, and tell whether it ended in good order.

    Windows has no way to ask a process without a window to end; there Kafka is cut off, and
    repairs its files at the next start.

    Parameters
    ----------
    pid
        The process id.
    patience
        How many seconds it may take to end before it is killed.
    """
    try:
        process = psutil.Process(pid)
        process.terminate()
        in_good_order = _ends_within(process, patience)
        if not in_good_order:
            process.kill()
            _ends_within(process, math.inf)
    except psutil.NoSuchProcess:
        return True
    else:
        return in_good_order
    finally:
        _collect(pid)


def kill(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    try:
        process = psutil.Process(pid)
        process.kill()
        _ends_within(process, math.inf)
    except psutil.NoSuchProcess:
        pass
    finally:
        _collect(pid)


def resident_memory(pid: int) -> int:
    """Return how many bytes of memory a process holds; 0 if it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _ends_within(process: psutil.Process, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not _ends_soon(process):
        if time.monotonic() > deadline:
            return False
    return True


def _ends_soon(process: psutil.Process) -> bool:
    try:
        process.wait(_LOOK_SECONDS)
    except psutil.TimeoutExpired:
        # A notebook that started the broker and lives on has no cause to collect its exit code.
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    return True


def _collect(pid: int) -> None:
    """Take the exit code of a child that has ended, so that its number may be another's."""
    child = _children.pop(pid, None)
    if child is not None:
        child.wait()
