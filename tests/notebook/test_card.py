"""What a card is told of a watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jupyter_stream as js
from jupyter_stream.notebook.card import card
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.writing import write_chunks
from tests.waiting import wait_until

if TYPE_CHECKING:
    import pytest

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


def test_a_file_has_a_row_only_when_it_takes_its_time(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, cluster = kafka_topic(), js.connect(kafka_broker.bootstrap)
    chunks = chunks_of(bytes(10_000), "large.bin", chunk_size=1000)
    with js.watch(topic, cluster=cluster) as watch:
        write_chunks(cluster, topic, chunks[:4])
        wait_until(lambda: watch.files_in_progress, "four chunks")
        with monkeypatch.context() as patch:
            patch.setattr("jupyter_stream.notebook.card.SHOWN_SECONDS", 3600.0)
            assert card(watch)["files_in_progress"] == []
        row = {"path": "large.bin", "received": 4000, "total": 10_000}
        wait_until(lambda: card(watch)["files_in_progress"] == [row], "the row of a slow file")
        assert watch.files_in_progress[0].seconds > 1.0
