"""The lock between processes, with a process that dies."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import LedgerInUse, LedgerNotWritten
from jupyter_stream.files.process_lock import ProcessLock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from jupyter_stream.files.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_lock_is_held_once_and_can_be_had_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.lock"
    lock = ProcessLock(path)
    with pytest.raises(LedgerInUse):
        ProcessLock(path)
    lock.release()
    lock.release()
    ProcessLock(path).release()


def test_a_process_that_is_killed_releases_it(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    holding = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LedgerInUse):
            ProcessLock(path)
        holder.kill()
        holder.wait()
    ProcessLock(path).release()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LedgerNotWritten, match="state="):
        ProcessLock(tmp_path / "file" / "x.lock")
    (tmp_path / "directory.lock").mkdir()
    with pytest.raises(LedgerNotWritten, match="state="):
        ProcessLock(tmp_path / "directory.lock")
