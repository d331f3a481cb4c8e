"""Two machines that upload the same tree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.faults.tree import Tree, hashes_below
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_each_file_completes_once(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path
) -> None:
    topic = kafka_topic(3)
    cluster = js.connect(kafka_broker.bootstrap)
    tree = Tree(tmp_path / "share", seed=3)
    tree.grow(large=10, small=30)
    target = tmp_path / "storage"
    with js.download(topic, target, cluster=cluster) as download:
        with (
            js.upload(tree.root, topic, state=tmp_path / "one", cluster=cluster) as one,
            js.upload(tree.root, topic, state=tmp_path / "two", cluster=cluster) as two,
        ):
            one.wait()
            two.wait()
        assert one.stats.files == two.stats.files == 40
        wait_until(lambda: download.stats.files >= 40 and download.stats.lag == 0, "all to arrive")
        assert hashes_below(target) == tree.hashes()
        assert download.stats.files == 40
        assert download.problems == ()
    with js.receive(topic, until_end=True, cluster=cluster) as files:
        received = Counter((file.path, file.sha512) for file in files)
    assert received == Counter(tree.hashes().items())
