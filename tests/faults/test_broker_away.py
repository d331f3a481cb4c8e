"""A broker that is stopped for a minute, restarted, and killed, while files go through it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from jupyter_stream.testing.kafka import kill_broker
from tests.faults.tree import Tree, hashes_below
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import LocalBroker

OUTAGE_SECONDS = 60.0
ARRIVE_SECONDS = 90.0


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled(private_broker: LocalBroker, tmp_path: Path) -> None:
    cluster = js.connect(private_broker.start().bootstrap)
    tree = Tree(tmp_path / "instrument", seed=4)
    targets = alone, shared = tmp_path / "alone", tmp_path / "storage"
    cluster.create_topic("frames", 3)

    with (
        js.upload(tree.root, "frames", watch=True, settle_seconds=0.2, cluster=cluster) as upload,
        js.download("frames", alone, cluster=cluster) as single,
        js.download("frames", shared, group="storage", cluster=cluster) as member,
    ):
        downloads = single, member
        jobs = upload, *downloads

        def begun() -> bool:
            return all(download.stats.files > 0 for download in downloads)

        def arrived() -> bool:
            return all(hashes_below(target) == tree.hashes() for target in targets)

        def told() -> bool:
            return all(job.trouble for job in jobs)

        for outage in (OUTAGE_SECONDS, 0.0):
            tree.grow(large=6, small=20)
            wait_until(begun, "some files to arrive", ARRIVE_SECONDS)
            private_broker.stop()
            tree.grow(large=6, small=20)
            wait_until(told, "all to tell", ARRIVE_SECONDS)
            # The outage itself is what is waited for: clients give up in various ways with time.
            Event().wait(outage)
            private_broker.start()
            wait_until(arrived, "all files after an outage", ARRIVE_SECONDS)

        tree.grow(large=6, small=20)
        wait_until(lambda: upload.stats.files > 104, "some files to be sent", ARRIVE_SECONDS)
        kill_broker(private_broker.start())
        tree.grow(large=2)
        private_broker.start()
        wait_until(arrived, "all files after the broker was killed", ARRIVE_SECONDS)
        wait_until(
            lambda: not any(job.trouble for job in jobs), "all trouble to end", ARRIVE_SECONDS
        )

    for download in downloads:
        assert download.stats.files == len(tree.hashes())
        assert download.stats.lost == 0
