"""Clocks that jump while files are on their way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.faults.tree import Tree, hashes_below
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

YEAR_SECONDS = 365.0 * 86400


def test_a_clock_that_jumps_loses_and_doubles_nothing(
    kafka_broker: RunningBroker,
    kafka_topic: MakeTopic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = kafka_topic(2)
    cluster = js.connect(kafka_broker.bootstrap)
    tree = Tree(tmp_path / "instrument", seed=7)
    target = tmp_path / "storage"
    now = time.time

    with (
        js.upload(tree.root, topic, watch=True, settle_seconds=0.2, cluster=cluster) as upload,
        js.download(topic, target, unfinished_seconds=60, cluster=cluster) as download,
    ):
        for jump in (YEAR_SECONDS, -2 * YEAR_SECONDS, 0.0):
            monkeypatch.setattr(time, "time", lambda jump=jump: now() + jump)
            tree.grow(large=3, small=5)
            tree.replace_one()
            wait_until(lambda: hashes_below(target) == tree.hashes(), "the files to arrive")
    assert download.problems == ()
    assert upload.stats.errors == 0
    with js.upload(tree.root, topic, cluster=cluster) as again:
        again.wait()
    assert again.stats.records == 0
