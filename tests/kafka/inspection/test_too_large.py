"""Records that are larger than the client takes: nobody waits for them in vain."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.inspection.budget import Budget
from jupyter_stream.kafka.inspection.inspector import Inspector
from jupyter_stream.kafka.inspection.place import Earliest, Newest
from jupyter_stream.kafka.profile import Profile
from tests.server.filling import fill
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.jobs.job import Job
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

# The least that pages and scans go with, and a record beyond it.
CONSUMER = {"receive.message.max.bytes": 9 * 2**20, "fetch.max.bytes": 8 * 2**20}
SIZE = 12_000_000
TOLD = r"12\.0 MB.* takes 9\.4 MB: set receive\.message\.max\.bytes"


@pytest.fixture
def profile(kafka_broker: RunningBroker) -> Profile:
    return Profile("lab", {"bootstrap.servers": kafka_broker.bootstrap}, consumer=CONSUMER)


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    """A topic with a small record and a large one that cannot be compressed."""
    name = kafka_topic()
    fill(kafka_broker, name, [{"value": b"small"}, {"value": os.urandom(SIZE)}])
    return name


def test_pages_and_scans_end_with_the_remedy(profile: Profile, topic: str) -> None:
    inspector = Inspector(profile)
    with pytest.raises(js.RecordTooLarge, match=TOLD):
        inspector.pages.read(topic, [0], Newest(), 10, Budget(2**25, 30.0))
    with (
        inspector.pages.scan(topic, [0], Earliest()) as scan,
        pytest.raises(js.RecordTooLarge, match=TOLD),
    ):
        list(scan.blocks())
    inspector.close()


def test_jobs_tell_it_as_their_trouble_until_the_record_is_gone(
    profile: Profile, topic: str, tmp_path: Path
) -> None:
    cluster = Cluster(profile)
    with (
        js.watch(topic, cluster=cluster) as watch,
        js.download(topic, tmp_path, cluster=cluster) as download,
    ):
        for job in (watch, download):
            wait_until(partial(told, job), "the trouble")
        admin = AdminClient({"bootstrap.servers": profile.bootstrap})
        for gone in admin.delete_records([TopicPartition(topic, 0, 2)]).values():
            gone.result(30)
        wait_until(lambda: watch.trouble is None, "the end of the trouble")
        wait_until(lambda: download.trouble is None, "the end of the trouble")


def told(job: Job) -> bool:
    return re.search(TOLD, job.trouble or "") is not None


def test_a_large_record_is_read_where_it_may_be(kafka_broker: RunningBroker, topic: str) -> None:
    records = js.records(topic, newest=1, cluster=js.connect(kafka_broker.bootstrap))
    assert [len(record.data) for record in records] == [SIZE]
