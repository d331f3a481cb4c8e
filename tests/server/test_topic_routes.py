"""The routes of clusters and topics, on a real broker and a real Jupyter server."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

import jupyter_stream as js
from jupyter_stream.kafka.cluster import Cluster
from jupyter_stream.kafka.profile import Profile
from jupyter_stream.testing.kafka import create_topic
from tests.server.every_route import CALLS
from tests.server.filling import fill
from tests.server.jupyter import ServedKernel
from tests.waiting import wait_until

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Api


def test_clusters_are_listed_at_once_and_their_state_becomes_known(
    api: Api, kafka_broker: RunningBroker
) -> None:
    told = api.get("clusters").json
    assert [cluster["name"] for cluster in told["clusters"]] == ["local", "lab"]
    assert told["read_only"] is True
    assert told["may_produce"] is False
    wait_until(lambda: api.cluster("lab")["state"] == "connected", "the cluster")
    assert api.cluster("lab")["bootstrap"] == kafka_broker.bootstrap
    assert api.cluster("lab")["kind"] == "profile"
    wait_until(lambda: api.cluster("local")["state"] == "stopped", "the local broker's state")


def test_a_cluster_that_is_not_there_is_not_found(api: Api) -> None:
    answer = api.get("clusters", "nowhere", "topics")
    assert answer.status == 404
    assert answer.json["message"]
    assert answer.json["remedy"]


def test_topics_are_listed_with_their_partitions(api: Api, kafka_topic: MakeTopic) -> None:
    name = kafka_topic(3)
    topics = {
        topic["name"]: topic
        for topic in api.get("clusters", "lab", "topics", fresh=1).json["topics"]
    }
    assert topics[name] == {"name": name, "partitions": 3, "internal": False}
    assert topics["__jupyter_stream_probe"]["internal"] is True


def test_a_topic_that_was_made_just_now_is_found(api: Api, kafka_topic: MakeTopic) -> None:
    api.get("clusters", "lab", "topics")
    name = kafka_topic()
    assert api.get("clusters", "lab", "topics", name).status == 200


def test_figures_tell_how_much_is_in_topics(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    full, empty = kafka_topic(2), kafka_topic(1)
    before = time.time()
    fill(kafka_broker, full, [{"value": b"x" * 10, "partition": number % 2} for number in range(7)])
    figures = api.post("clusters", "lab", "figures", body={"topics": [full, empty, "absent"]}).json[
        "figures"
    ]
    assert figures[full]["records"] == figures[full]["high"] == 7
    assert figures[full]["is_estimate"] is False
    assert before - 1 < figures[full]["newest"] < time.time() + 1
    assert figures[empty]["records"] == 0
    assert figures[empty]["newest"] is None
    assert "error" in figures["absent"]


def test_figures_of_a_compacted_topic_are_estimates(api: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1, {"cleanup.policy": "compact"})
    figures = api.post("clusters", "lab", "figures", body={"topics": [topic]}).json["figures"]
    assert figures[topic]["is_estimate"] is True


def test_figures_are_of_100_topics_at_most(api: Api) -> None:
    answer = api.post("clusters", "lab", "figures", body={"topics": ["t"] * 101})
    assert answer.status == 400
    assert "topics" in answer.json["message"]


def test_a_topic_tells_partitions_settings_and_when_records_go(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2, {"retention.ms": "7200000"})
    fill(kafka_broker, topic, [{"value": b"x"}] * 3)
    detail = api.get("clusters", "lab", "topics", topic).json
    assert [(one["low"], one["high"]) for one in detail["partitions"]] == [(0, 3), (0, 0)]
    assert detail["partitions"][0]["leader"] in detail["partitions"][0]["replicas"]
    assert detail["settings"][0] == {
        "name": "retention.ms",
        "value": "7200000",
        "is_default": False,
    }
    retention = detail["retention"]
    assert retention["seconds"] == 7200
    assert 7100 < retention["expires_in"] <= 7200
    assert retention["compacted"] is False


def test_groups_tell_their_lag(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic, other = kafka_topic(2), kafka_topic(1)
    fill(kafka_broker, topic, [{"value": b"x"}] * 5)
    for group, about, offset in ((f"g-{topic}", topic, 2), (f"g-{other}", other, 0)):
        consumer = Consumer({"bootstrap.servers": kafka_broker.bootstrap, "group.id": group})
        consumer.commit(offsets=[TopicPartition(about, 0, offset)], asynchronous=False)
        consumer.close()
    answer = api.get("clusters", "lab", "topics", topic, "groups").json
    assert answer["complete"] is True
    assert answer["groups"] == [
        {
            "name": f"g-{topic}",
            "state": "empty",
            "members": 0,
            "lag": 3,
            "partitions": [{"partition": 0, "committed": 2, "lag": 3}],
            "client_ids": [],
        }
    ]


def test_members_of_a_group_are_named(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    address = {"bootstrap.servers": kafka_broker.bootstrap}
    named = Profile("named", address, consumer={"client.id": "beamline-7"})
    with (
        js.receive(topic, group=f"g-{topic}", cluster=Cluster(Profile("bare", address))),
        js.receive(topic, group=f"g-{topic}", cluster=Cluster(named)),
    ):
        here = f"jupyter_stream-{socket.gethostname()}-{os.getpid()}"
        wait_until(lambda: _clients(api, topic) == ["beamline-7", here], "the group's members")


def test_a_kernel_in_a_group_is_known_by_its_id(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    with ServedKernel(api.server) as kernel:
        run = kernel.run(
            f"import jupyter_stream as js\njs.connect({kafka_broker.bootstrap!r})\n"
            f"files = js.receive({topic!r}, group='g-{topic}')"
        )
        assert run.status == "ok", run.text
        wait_until(lambda: _clients(api, topic) == [f"jupyter_stream-{kernel.id}"], "the kernel")
        kernel.run("files.stop()")


def _clients(api: Api, topic: str) -> list[str]:
    groups = api.get("clusters", "lab", "topics", topic, "groups").json["groups"]
    return [client for group in groups for client in group["client_ids"]]


def test_a_denied_topic_is_nowhere(api: Api, kafka_broker: RunningBroker) -> None:
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})
    name = "secret-" + create_topic(admin)
    admin.create_topics([NewTopic(name, 1, 1)])[name].result(30)
    topics = api.get("clusters", "lab", "topics", fresh=1).json["topics"]
    assert name.removeprefix("secret-") in [topic["name"] for topic in topics]
    assert name not in [topic["name"] for topic in topics]
    for call in CALLS:
        if "{topic}" in call.path:
            assert call.ask(api, {"topic": name}).status == 403, call
    figures = api.post("clusters", "lab", "figures", body={"topics": [name]}).json["figures"]
    assert figures[name].keys() == {"error"}
