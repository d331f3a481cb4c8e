"""Disks that are full on either side, and then have space again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.faults.tree import Tree, hashes_below
from tests.small_disk import mounted_small_disk
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def fill(disk: Path) -> Path:
    """Take all the space that is left on a disk; return what takes it."""
    ballast = disk / ".ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(os.urandom(4096)):
                pass
        except OSError:
            return ballast
    raise AssertionError


def test_a_download_waits_for_space_and_goes_on(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(2)
    cluster = js.connect(kafka_broker.bootstrap)
    tree = Tree(tmp_path / "instrument", seed=5)
    tree.grow(large=4, small=10)
    with mounted_small_disk(tmp_path, "40m") as disk:
        with js.download(topic, disk / "storage", cluster=cluster) as download:
            ballast = fill(disk)
            with js.upload(tree.root, topic, cluster=cluster) as upload:
                upload.wait()
            wait_until(lambda: "space" in (download.trouble or ""), "the full disk to be told")
            ballast.unlink()
            wait_until(lambda: download.stats.files == 14, "the files after there is space")
            assert download.trouble is None
        assert hashes_below(disk / "storage") == tree.hashes()
        assert download.stats.errors == 0


def test_an_upload_whose_ledger_has_no_room_sends_all_and_says_so(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(2)
    cluster = js.connect(kafka_broker.bootstrap)
    with mounted_small_disk(tmp_path, "20m") as disk:
        tree = Tree(disk / "instrument", seed=6)
        tree.grow(large=1, small=5)
        with js.upload(tree.root, topic, watch=True, settle_seconds=0.1, cluster=cluster) as upload:
            wait_until(lambda: upload.stats.files == 6, "the first files to be sent")
            for number in range(200):
                (tree.root / f"late_{number}.txt").write_bytes(b"%d" % number)
            ballast = fill(disk)
            wait_until(lambda: upload.trouble or upload.problems, "the full disk to be told")
            ballast.unlink()
            wait_until(lambda: upload.stats.files >= 206, "all files to be sent")
            wait_until(lambda: upload.trouble is None, "the trouble to end")
        with js.receive(topic, until_end=True, cluster=cluster) as files:
            assert {file.path: file.sha512 for file in files} == tree.hashes()
        with js.upload(tree.root, topic, cluster=cluster) as again:
            again.wait()
        assert again.stats.records == 0
