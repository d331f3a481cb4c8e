"""A cluster that is far away, slow, or does not answer any more."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient

import jupyter_stream as js
from jupyter_stream.kafka import cluster as cluster_module
from jupyter_stream.kafka import cluster_facts
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.kafka.local_broker.ports import free_port
from jupyter_stream.kafka.local_broker.server_properties import PROBE_TOPIC
from jupyter_stream.kafka.profile import Profile
from tests.kafka.slow_proxy import LOOPBACK, SlowProxy
from tests.kafka.test_connect import listener
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

CREATE_TOPICS = 19


@pytest.fixture(scope="module")
def far_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlowProxy]:
    """A broker that clients reach through a proxy only."""
    with SlowProxy() as proxy:
        proxy.target = free_port(None)
        advertised = f"PLAINTEXT://{LOOPBACK}:{proxy.port}"
        broker = LocalBroker(
            tmp_path_factory.mktemp("far"), properties={"advertised.listeners": advertised}
        )
        broker.start(port=proxy.target)
        yield proxy
        broker.stop()


@pytest.fixture
def far(far_broker: SlowProxy) -> Iterator[SlowProxy]:
    """The same without what another test has set."""
    yield far_broker
    far_broker.delay = 0.0
    far_broker.held_request = None


def test_a_round_trip_may_take_long(far: SlowProxy) -> None:
    far.delay = 0.3
    start = time.monotonic()
    cluster = js.connect(f"{LOOPBACK}:{far.port}")
    assert cluster.create_topic("far-away", 1) is True
    assert cluster.partitions("far-away") == 1
    assert time.monotonic() - start < 20


def test_a_broker_that_falls_silent_is_told_within_ten_seconds(far: SlowProxy) -> None:
    cluster = js.connect(f"{LOOPBACK}:{far.port}")
    far.held_request = CREATE_TOPICS
    start = time.monotonic()
    with pytest.raises(js.ClusterUnreachable, match="no answer"):
        cluster.create_topic("never", 1)
    assert time.monotonic() - start < 10


def test_a_topic_that_is_there_needs_no_right_to_create(
    far: SlowProxy,
) -> None:
    cluster = js.connect(f"{LOOPBACK}:{far.port}")
    cluster.create_topic("made-before", 1)
    far.held_request = CREATE_TOPICS
    assert cluster.create_topic("made-before", 1) is False


def test_internal_topics_are_not_listed_but_there(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    kafka_topic()
    cluster = js.connect(kafka_broker.bootstrap)
    assert PROBE_TOPIC not in cluster.topics()
    assert cluster.partitions(PROBE_TOPIC) == 1
    assert cluster.create_topic(PROBE_TOPIC) is False
    assert cluster.create_topic("__ours", 1) is True


def test_a_question_does_not_wait_for_a_longer_one() -> None:
    with listener(None) as address:
        cluster = Cluster(Profile.from_bootstrap(address))

        def ask() -> None:
            with pytest.raises(js.ClusterUnreachable):
                cluster.topics(4)

        longer = threading.Thread(target=ask)
        longer.start()
        start = time.monotonic()
        with pytest.raises(js.ClusterUnreachable):
            cluster.topics(0.3)
        assert time.monotonic() - start < 2
        longer.join()


def test_a_topic_that_is_made_anew_is_another(kafka_broker: RunningBroker) -> None:
    cluster = js.connect(kafka_broker.bootstrap)
    name = f"test-{uuid4().hex}"
    cluster.create_topic(name, 1)
    identity = cluster.topic_id(name)
    assert cluster.topic_id(name) == identity
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    admin.delete_topics([name])[name].result(20)
    wait_until(lambda: name not in cluster.topics(), "the end of the topic")
    with pytest.raises(js.TopicNotFound, match=name):
        cluster.topic_id(name)
    cluster.create_topic(name, 1)
    again = cluster.topic_id(name)
    assert again != identity
    assert again.split("/")[0] == identity.split("/")[0]


def test_a_record_may_have_what_the_topic_takes(
    kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1, {"max.message.bytes": "100000"})
    cluster = js.connect(kafka_broker.bootstrap)
    assert cluster.record_limit(topic) == 100_000


def test_a_topic_that_the_broker_does_not_know_has_no_facts_of_its_own(
    kafka_broker: RunningBroker,
) -> None:
    facts = cluster_facts.ClusterFacts(
        AdminClient({"bootstrap.servers": kafka_broker.bootstrap}), kafka_broker.bootstrap
    )
    for ask in (facts.record_limit, facts.topic_id):
        with pytest.raises(js.TopicNotFound, match="knows no such topic"):
            ask("no-such-topic")


def test_a_group_that_is_not_there_has_no_members(kafka_broker: RunningBroker) -> None:
    assert js.connect(kafka_broker.bootstrap).group_members("no-such-group") == 0


def test_what_a_silent_broker_knows_is_told_to_be_out_of_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_module, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(cluster_facts, "ANSWER_SECONDS", 0.5)
    with listener(None) as address:
        cluster = Cluster(Profile.from_bootstrap(address))
        for ask in (cluster.record_limit, cluster.group_members, cluster.topic_id):
            with pytest.raises(js.ClusterUnreachable, match="no answer"):
                ask("any")
