"""An uploader that is killed again and again, in the middle of files."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.faults.program import kill, run, running
from tests.faults.topic_ends import TopicEnds
from tests.faults.tree import Tree

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

KILLS = 20
PARTITIONS = 3


@pytest.mark.timeout(600)
@pytest.mark.parametrize("options", [(), ("--watch", "--settle", "0.2")], ids=["once", "watch"])
def test_every_file_arrives_once_whenever_the_uploader_is_killed(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path, options: tuple[str, ...]
) -> None:
    topic = kafka_topic(PARTITIONS)
    kills = KILLS // 2
    chance = random.Random(kills)
    tree = Tree(tmp_path / "instrument", seed=1)
    arguments = (tree.root, topic, "--cluster", kafka_broker.bootstrap)
    tree.grow(large=4, small=20)

    with TopicEnds(kafka_broker.bootstrap, topic, PARTITIONS) as ends:
        for _ in range(kills):
            tree.grow(large=3)
            tree.replace_one()
            goal = ends.records() + chance.randint(1, 12)
            with running("upload", *arguments, *options) as uploader:
                ends.wait_for(goal)
                kill(uploader)
        code, output = run("upload", *arguments)
        assert code == 0, output

        # What is known to be stored is not sent again.
        before = ends.records()
        code, output = run("upload", *arguments)
        assert code == 0, output
        assert ends.records() == before

    cluster = js.connect(kafka_broker.bootstrap)
    with js.receive(topic, until_end=True, cluster=cluster) as files:
        received = [(file.path, file.sha512) for file in files]
    assert max(Counter(received).values()) == 1
    assert dict(received) == tree.hashes()
