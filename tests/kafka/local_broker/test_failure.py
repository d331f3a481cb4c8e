"""Why a start failed, from what Kafka leaves behind."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_stream.errors import BrokerStartFailed, DiskFull, PortTaken
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.local_broker.disk_space import is_full
from jupyter_stream.kafka.local_broker.failure import explain_failure
from jupyter_stream.kafka.local_broker.log_files import LogFiles
from tests.small_disk import mounted_small_disk

_ADDRESS = "127.0.0.1:21042"


def test_a_full_disk_is_recognised(tmp_path: Path) -> None:
    lines = ["java.io.IOException: No space left on device"]
    assert isinstance(explain_failure(lines, tmp_path, _ADDRESS), DiskFull)


def test_a_port_taken_meanwhile_is_recognised(tmp_path: Path) -> None:
    lines = ["Caused by: java.net.BindException: Address already in use"]
    error = explain_failure(lines, tmp_path, _ADDRESS)
    assert isinstance(error, PortTaken)
    assert _ADDRESS in str(error)


def test_the_lines_that_matter_are_shown(tmp_path: Path) -> None:
    noise = [f"2026-01-01 10:00:00.000 INFO line {i} (X)" for i in range(50)]
    lines = [*noise, "2026-01-01 10:00:01.000 ERROR broken (X)", "\tat a.b.C", *noise]
    error = explain_failure(lines, tmp_path, _ADDRESS)
    assert isinstance(error, BrokerStartFailed)
    assert "ERROR broken" in str(error)
    assert "INFO" not in str(error)
    assert "line 49" in str(explain_failure(noise, tmp_path, _ADDRESS))


def test_only_what_was_logged_since_the_start_counts(tmp_path: Path) -> None:
    (tmp_path / "broker.log").write_text("old trouble\n")
    logs = LogFiles(tmp_path)
    assert logs.lines() == []
    with logs.log.open("a") as file:
        file.write("new trouble\n")
    logs.console.write_text("printed\n")
    assert logs.lines() == ["printed", "new trouble"]
    logs.log.write_text("rolled\n")
    assert logs.lines() == ["printed", "rolled"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 2 MB."""
    with mounted_small_disk(tmp_path, "2M") as disk:
        yield disk


@pytest.mark.parametrize("left", [0, 8192])
def test_a_disk_that_is_really_full_is_named(small_disk: Path, left: int) -> None:
    """Without room for our own files, and with room for these but not for Kafka's."""
    assert not is_full(small_disk)
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_bsize
    (small_disk / "filling").write_bytes(bytes(free - left))
    assert is_full(small_disk)
    broker = LocalBroker(small_disk / "kafka", minimum_free=0)
    with pytest.raises(DiskFull, match=r"disk of .* is full"):
        broker.start()
    assert broker.status() is None
