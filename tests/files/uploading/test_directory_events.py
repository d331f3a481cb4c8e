"""What the operating system tells of a directory."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.files.uploading import directory_events
from jupyter_stream.files.uploading.directory_events import DirectoryEvents
from tests.files.uploading.uploading import write
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def hides(path: str) -> bool:
    return path.endswith(".tmp")


@pytest.fixture
def events(tmp_path: Path) -> Iterator[DirectoryEvents]:
    (tmp_path / "watched").mkdir()
    opened = DirectoryEvents(tmp_path / "watched", hides)
    yield opened
    opened.close()
    assert not opened.alive


def test_paths_are_told_and_whether_they_were_unfinished(
    tmp_path: Path, events: DirectoryEvents
) -> None:
    folder = tmp_path / "watched"
    for name in ("a.dat", "b.tmp", "../out.dat"):
        (folder / name).write_bytes(b"1")
    (folder / "b.tmp").rename(folder / "b.dat")
    (tmp_path / "out.dat").rename(folder / "c.dat")
    (folder / "a.dat").rename(folder / "d.dat")
    told: dict[str, bool] = {}

    def all_told() -> bool:
        told.update(events.take() or {})
        return len(told) == 4

    wait_until(all_told, "four paths")
    assert told == {"a.dat": False, "b.dat": True, "c.dat": True, "d.dat": False}


def test_too_many_paths_are_told_as_such(
    tmp_path: Path, events: DirectoryEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_events, "MOST_NAMES", 5)
    write(tmp_path / "watched", {f"{number}.dat": b"1" for number in range(20)})
    wait_until(lambda: events.take() is None, "the overflow")


def test_the_end_of_the_directory_is_the_end_of_its_events(
    tmp_path: Path, events: DirectoryEvents
) -> None:
    assert events.alive
    (tmp_path / "watched").rmdir()
    wait_until(lambda: not events.alive, "the end")


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        DirectoryEvents(tmp_path / "missing", hides)


def test_what_watchdog_logs_is_no_noise_on_a_terminal() -> None:
    program = (
        "import logging, jupyter_stream.files.uploading.directory_events\n"
        "logging.getLogger('watchdog.observers.inotify').warning('late')\n"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert run.stderr == b""
