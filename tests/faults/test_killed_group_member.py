"""Members of a consumer group that are killed, in the middle of files."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.faults.program import kill, run, running
from tests.faults.received import bytes_below, completions
from tests.faults.tree import Tree, hashes_below
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

KILLS = 4
PARTITIONS = 4
TAKE_OVER_SECONDS = 60.0


@pytest.fixture
def cluster_file(kafka_broker: RunningBroker, tmp_path: Path) -> Path:
    """A configuration in which a member that is silent for 6 s counts as dead."""
    path = tmp_path / "lab.config"
    path.write_text(
        f"[broker]\nbootstrap.servers = {kafka_broker.bootstrap}\n"
        "[consumer]\nsession.timeout.ms = 6000\n"
    )
    return path


@pytest.mark.timeout(600)
def test_the_others_take_over_what_a_killed_member_had_begun(
    kafka_topic: MakeTopic, tmp_path: Path, cluster_file: Path
) -> None:
    topic = kafka_topic(PARTITIONS)
    chance = random.Random(KILLS)
    tree = Tree(tmp_path / "instrument", seed=8)
    target = tmp_path / "storage"
    cluster = js.connect(cluster_file)
    arguments = (topic, target, "--group", f"{topic}-storage", "--cluster", cluster_file)

    with ExitStack() as survivors:
        survivors.enter_context(running("download", *arguments))
        for _ in range(KILLS):
            with running("download", *arguments) as victim:
                tree.grow(large=12)
                with js.upload(tree.root, topic, cluster=cluster) as upload:
                    upload.wait()
                goal = bytes_below(target) + chance.randint(1_000_000, 20_000_000)
                wait_until(lambda goal=goal: bytes_below(target) >= goal, "the group to go on")
                kill(victim)
            wait_until(
                lambda: hashes_below(target) == tree.hashes(),
                "the others to take over",
                TAKE_OVER_SECONDS,
            )
    code, output = run("download", *arguments, "--until-end")

    assert code == 0, output
    assert hashes_below(target) == tree.hashes()
    assert completions(target, tmp_path) == Counter(tree.hashes().items())
