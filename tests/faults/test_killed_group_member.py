"""Members of a consumer group that are killed, in the middle of files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.faults.program import kill, run, running
from tests.faults.received import completions
from tests.faults.tree import STATE_FOLDER, Tree, hashes_below
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

KILLS = 3
PARTITIONS = 4
TAKE_OVER_SECONDS = 60.0


@pytest.fixture
def cluster_file(kafka_broker: RunningBroker, tmp_path: Path) -> Path:
    """A configuration in which a member that is silent for 6 s counts as dead."""
    path = tmp_path / "lab.config"
    path.write_text(
        f"[broker]\nbootstrap.servers = {kafka_broker.bootstrap}\n"
        "[consumer]\nsession.timeout.ms = 6000\nheartbeat.interval.ms = 200\n"
    )
    return path


def folders_of_parts(target: Path) -> set[Path]:
    """Return the folders in which the members of a group put files together."""
    return {path for path in (target / STATE_FOLDER / "parts").glob("*") if path.is_dir()}


@pytest.mark.timeout(600)
def test_the_others_take_over_what_a_killed_member_had_begun(
    kafka_topic: MakeTopic, tmp_path: Path, cluster_file: Path
) -> None:
    topic = kafka_topic(PARTITIONS)
    tree = Tree(tmp_path / "instrument", seed=8)
    target = tmp_path / "storage"
    cluster = js.connect(cluster_file)
    arguments = (topic, target, "--group", f"{topic}-storage", "--cluster", cluster_file)

    with (
        running("download", *arguments),
        js.upload(tree.root, topic, watch=True, settle_seconds=0.1, cluster=cluster) as upload,
    ):
        for _ in range(KILLS):
            others = folders_of_parts(target)
            with running("download", *arguments) as victim:

                def is_in_the_middle(others: set[Path] = others) -> bool:
                    if upload.stats.files == len(tree.hashes()):
                        tree.grow(large=4)
                    own = folders_of_parts(target) - others
                    return any(list(folder.iterdir()) for folder in own)

                wait_until(is_in_the_middle, "the new member to begin a file", TAKE_OVER_SECONDS)
                kill(victim)
            wait_until(
                lambda: hashes_below(target) == tree.hashes(),
                "the other to take over",
                TAKE_OVER_SECONDS,
            )
    code, output = run("download", *arguments, "--until-end")

    assert code == 0, output
    assert hashes_below(target) == tree.hashes()
    assert completions(target, tmp_path) == Counter(tree.hashes().items())
