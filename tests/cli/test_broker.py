"""`jupyter stream broker`, as a user runs it: in processes of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jupyter_stream.kafka.local_broker import LocalBroker

Run = Callable[..., subprocess.CompletedProcess[str]]
_PROGRAM = "import sys; from jupyter_stream.cli.app import main; sys.exit(main())"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[LocalBroker]:
    """Give the broker that belongs to the Jupyter data directory of the test."""
    broker = LocalBroker(tmp_path / "jupyter_stream" / "broker")
    yield broker
    broker.stop()


@pytest.fixture
def run(tmp_path: Path, broker: LocalBroker) -> Run:
    """Give a function that runs `jupyter stream broker` with some arguments."""
    assert broker.status() is None

    def run_broker(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", _PROGRAM, "broker", *arguments],
            env=os.environ | {"JUPYTER_DATA_DIR": str(tmp_path)} | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_broker


def test_start_status_stop(run: Run, broker: LocalBroker) -> None:
    assert run("status").returncode == 3
    started = run("start")
    assert started.returncode == 0, started.stderr
    running = broker.status()
    assert running is not None
    assert f"The local broker runs at {running.bootstrap}\n" in started.stdout
    assert "Starting Kafka" in started.stderr

    again = run("start", "--json")
    assert json.loads(again.stdout)["process"] == running.pid
    assert again.stderr == ""

    shown = run("status")
    assert shown.returncode == 0
    for fact in (running.pid, running.version, running.directory, running.log_file, "MB"):
        assert str(fact) in shown.stdout
    facts = json.loads(run("status", "--json").stdout)
    assert facts["running"] is True
    assert facts["bootstrap"] == running.bootstrap
    assert facts["memory"] > 0

    assert run("stop").stdout == "The local broker is stopped.\n"
    assert broker.status() is None
    assert json.loads(run("status", "--json").stdout) == {"running": False}
    assert run("stop").stdout == "The local broker was not running.\n"
    assert json.loads(run("stop", "--json").stdout) == {"running": False, "stopped": False}


def test_a_port_in_use_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run("start", "--port", str(port))
    assert done.returncode == 1
    assert f"jupyter stream: Port {port} of 127.0.0.1 is in use" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x", "²"])
def test_what_is_no_port_is_refused(run: Run, port: str) -> None:
    done = run("start", f"--port={port}")
    assert done.returncode == 2
    assert "is no port" in done.stderr


def test_the_mirror_of_the_laboratory_is_asked(run: Run, tmp_path: Path) -> None:
    """Nobody listens there, and nothing else can give Kafka."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "java").symlink_to(shutil.which("java") or "java")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        mirror = f"http://127.0.0.1:{closed.getsockname()[1]}/kafka"
    done = run(
        "start",
        JUPYTER_STREAM_KAFKA_MIRROR=mirror,
        PATH=str(tools),
        KAFKA_HOME="",
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert done.returncode == 1
    assert f"{mirror}/4." in done.stderr
    assert "apache.org" not in done.stderr
