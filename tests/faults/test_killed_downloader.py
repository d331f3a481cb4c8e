"""Downloaders that are killed again and again, in the middle of files."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.faults.program import kill, run, running
from tests.faults.received import bytes_below, completions, parts_below, wait_for_bytes
from tests.faults.tree import STATE_FOLDER, Tree, hashes_below

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

KILLS = 20
PARTITIONS = 3


@pytest.mark.timeout(600)
@pytest.mark.parametrize("options", [(), ("--group", "{}-storage")], ids=["alone", "group"])
def test_every_file_completes_once_whenever_the_downloader_is_killed(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path, options: tuple[str, ...]
) -> None:
    topic = kafka_topic(PARTITIONS)
    kills = KILLS // 2
    chance = random.Random(kills)
    tree = Tree(tmp_path / "instrument", seed=2)
    target = tmp_path / "storage"
    lab = tmp_path / "lab.config"
    # A member that is silent for so long counts as dead; before, nobody takes its place.
    lab.write_text(
        f"[broker]\nbootstrap.servers = {kafka_broker.bootstrap}\n"
        "[consumer]\nsession.timeout.ms = 6000\nheartbeat.interval.ms = 200\n"
    )
    cluster = js.connect(lab)
    group = [option.format(topic) for option in options]
    arguments: list[str | Path] = [topic, target, "--cluster", lab, *group]

    for _ in range(kills):
        tree.grow(large=4)
        with js.upload(tree.root, topic, cluster=cluster) as upload:
            upload.wait()
        upload.raise_if_failed()
        assert upload.stats.files + upload.stats.duplicates == len(tree.hashes())
        goal = bytes_below(target) + chance.randint(200_000, 4_000_000)
        with running("download", *arguments) as downloader:
            wait_for_bytes(target, goal)
            kill(downloader)
        known = tree.hashes()
        for path, sha512 in hashes_below(target).items():
            assert known[path] == sha512, "a file was visible before it was complete"
    code, output = run("download", *arguments, "--until-end")

    assert code == 0, output
    assert hashes_below(target) == tree.hashes(), output
    assert parts_below(target / STATE_FOLDER) == []
    assert completions(target, tmp_path) == Counter(tree.hashes().items())
