"""The broker's process: known by its mark, ended gently, then not."""

import subprocess
import sys
from pathlib import Path

import psutil

from jupyter_stream.kafka.local_broker import process

_STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True)\n"
    "while True: time.sleep(1)"
)


def _launch(tmp_path: Path, code: str) -> int:
    return process.launch([sys.executable, "-c", code], tmp_path, tmp_path / "console")


def _wait_until_printed(console: Path) -> None:
    while not console.read_text():
        assert psutil.pids()


def test_it_runs_in_a_session_of_its_own(tmp_path: Path) -> None:
    pid = _launch(tmp_path, "import os; print(os.getsid(0) == os.getpid(), os.getcwd())")
    psutil.wait_procs([psutil.Process(pid)], timeout=20)
    assert (tmp_path / "console").read_text() == f"True {tmp_path}\n"
    assert not process.is_alive(pid, "")


def test_only_the_process_with_the_mark_is_meant() -> None:
    ourselves = psutil.Process()
    assert process.is_alive(ourselves.pid, ourselves.cmdline()[-1])
    assert not process.is_alive(ourselves.pid, "another mark")


def test_it_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    pid = _launch(tmp_path, "import time; time.sleep(60)")
    assert process.is_alive(pid, "")
    assert process.resident_memory(pid) > 0
    assert process.end(pid, 20) is True
    assert not process.is_alive(pid, "")
    assert process.resident_memory(pid) == 0


def test_who_does_not_end_is_killed(tmp_path: Path) -> None:
    pid = _launch(tmp_path, _STUBBORN)
    _wait_until_printed(tmp_path / "console")
    assert process.end(pid, 0.1) is False
    assert not psutil.pid_exists(pid)
    assert process.end(pid, 0.1) is True


def test_it_can_be_ended_while_the_one_who_started_it_lives_on_and_does_not_care(
    tmp_path: Path,
) -> None:
    start = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
    ) as starter:
        assert starter.stdin is not None
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        assert process.end(pid, 30.0)
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        starter.stdin.close()
