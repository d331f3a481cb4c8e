"""Folders of unfinished files: private to a process, and cleared after its death."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_stream.errors import NotStored
from jupyter_stream.files.receiving.parts_folder import PartsFolder

COMING_AND_GOING = """
import sys
from pathlib import Path
from jupyter_stream.files.receiving.parts_folder import PartsFolder
for _ in range(300):
    folder = PartsFolder(Path(sys.argv[1]))
    (folder.path / "part").write_bytes(b"1")
    other = PartsFolder(Path(sys.argv[1]))
    assert (folder.path / "part").exists(), "removed, though its process lives"
    folder.close()
    other.close()
"""

DYING = """
import os, sys
from pathlib import Path
from jupyter_stream.files.receiving.parts_folder import PartsFolder
folder = PartsFolder(Path(sys.argv[1]))
(folder.path / "part").write_bytes(b"1")
print(folder.path)
sys.stdout.flush()
os.kill(os.getpid(), 9)
"""


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(tmp_path / "parts")],
        check=False,
        capture_output=True,
        text=True,
    )
    left = Path(done.stdout.strip())
    assert (left / "part").exists()
    folder = PartsFolder(tmp_path / "parts")
    assert not left.exists()
    folder.close()
    assert list((tmp_path / "parts").iterdir()) == []


def test_what_a_living_process_has_stays(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    first = PartsFolder(parts)
    (first.path / "part").write_bytes(b"1")
    second = PartsFolder(parts)
    assert (first.path / "part").exists()
    second.close()
    assert (first.path / "part").exists()
    first.close()
    assert list(parts.iterdir()) == []


def test_processes_that_come_and_go_do_not_take_one_another_for_dead(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    command = [sys.executable, "-c", COMING_AND_GOING, str(parts)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    assert list(parts.iterdir()) == []


def test_a_folder_that_somebody_removed_is_made_again(tmp_path: Path) -> None:
    folder = PartsFolder(tmp_path / "parts")
    folder.path.rmdir()
    folder.make()
    assert folder.path.is_dir()
    folder.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotStored, match="file"):
        PartsFolder(tmp_path / "file")
