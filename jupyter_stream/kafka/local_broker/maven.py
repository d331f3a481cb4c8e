"""Get Kafka through Maven, where that is installed."""

import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from jupyter_stream.errors import DiskFull, KafkaNotObtainable
from jupyter_stream.kafka.local_broker.disk_space import NO_SPACE
from jupyter_stream.kafka.local_broker.progress import OnProgress, Progress

_STEP = "Maven fetches Kafka"
_LAST_LINES = 200
_ARRIVED = re.compile(r"Downloaded from .*/[^/\s]+\.jar")


def fetch_with_maven(target: Path, on_progress: OnProgress) -> None:
    """Let Maven copy Kafka and everything that it needs into a folder.

    Parameters
    ----------
    target
        The folder for the jars; Maven makes it.
    on_progress
        Told of each jar that arrives.

    Raises
    ------
    KafkaNotObtainable
        Maven is not installed, or it failed.
    DiskFull
        The jars do not fit on the disk.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaNotObtainable("Maven (mvn) is not on the PATH")
    with as_file(files(__package__) / "pom.xml") as pom:
        _run([maven, "-B", "-f", str(pom), *_goal(target)], on_progress)


def _goal(target: Path) -> list[str]:
    return [
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
        f"-DoutputDirectory={target.resolve()}",
    ]


def _run(command: list[str], on_progress: OnProgress) -> None:
    """Run Maven to its end.

    Raises
    ------
    KafkaNotObtainable
        Maven failed.
    DiskFull
        It failed for want of space.
    """
    on_progress(Progress(_STEP))
    with subprocess.Popen(  # noqa: S603 - the user's own Maven
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=os.environ | {"MAVEN_OPTS": "-Dstyle.color=never " + os.environ.get("MAVEN_OPTS", "")},
    ) as process:
        last_lines = deque(_followed(process.stdout or (), on_progress), maxlen=_LAST_LINES)
    if process.returncode:
        raise _failed(last_lines)


def _followed(lines: Iterable[str], on_progress: OnProgress) -> Iterable[str]:
    """Pass Maven's lines on and tell of each jar that has come over the network."""
    arrived = 0
    for line in lines:
        if _ARRIVED.search(line):
            arrived += 1
            on_progress(Progress(_STEP, arrived, unit="jars"))
        yield line


def _failed(last_lines: Iterable[str]) -> KafkaNotObtainable | DiskFull:
    errors = [line.strip() for line in last_lines if "[ERROR]" in line]
    if any(NO_SPACE in line for line in errors):
        return DiskFull("The disk ran full while Maven fetched Kafka. Make room and try again.")
    reason = errors[0].removeprefix("[ERROR]").strip() if errors else "it gave no reason"
    return KafkaNotObtainable(f"Maven failed: {reason}")
