"""Clusters that say nothing, refuse, or are no Kafka: none of them holds anything up."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.kafka.local_broker.ports import free_port
from tests.kafka.test_connect import listener
from tests.server.api import Api
from tests.server.every_route import CALLS, Call
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles
from tests.server.sockets import socket
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

PASSWORD = "hunter2-the-secret-of-the-tests"  # noqa: S105 - it opens nothing
QUICK = 2.0
ON_CLUSTERS = [call for call in CALLS if "{cluster}" in call.path]


@pytest.fixture(scope="module")
def api(kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Ask a server that knows one cluster that is well, and four that are not."""
    folder = tmp_path_factory.mktemp("dead") / "server"
    secret = {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanisms": "PLAIN",
        "sasl.username": "the-user",
        "sasl.password": PASSWORD,
    }
    with listener(None) as silent, listener(b"HTTP/1.1 400 Bad Request\r\n\r\n") as web:
        write_profiles(
            folder,
            {
                "lab": {"bootstrap.servers": kafka_broker.bootstrap},
                "silent": {"bootstrap.servers": silent, **secret},
                "refusing": {"bootstrap.servers": f"127.0.0.1:{free_port(None)}", **secret},
                "web": {"bootstrap.servers": web},
                "wrong": {"bootstrap.servers": silent, "no.such.property": PASSWORD},
                "denied": {"bootstrap.servers": kafka_broker.bootstrap, **secret},
            },
        )
        with jupyter_server(
            folder,
            f"--StreamServer.local_broker_directory={folder / 'broker'}",
            "--StreamServer.may_produce=True",
            "--debug",
        ) as server:
            yield Api(server)


def test_all_become_known_to_be_unreachable_with_the_reason(api: Api) -> None:
    for name in ("silent", "refusing", "web", "wrong", "denied"):
        wait_until(lambda name=name: api.cluster(name)["state"] == "unreachable", name)  # type: ignore[misc]
        assert api.cluster(name)["reason"]
    assert "listens" in api.cluster("refusing")["reason"]


@pytest.mark.parametrize("name", ["silent", "refusing", "web", "wrong", "denied"])
@pytest.mark.parametrize("call", ON_CLUSTERS, ids=str)
def test_each_route_says_that_a_cluster_cannot_be_reached(api: Api, name: str, call: Call) -> None:
    begin = time.monotonic()
    if call.is_socket:
        path = call.path.replace("{cluster}", name).replace("{topic}", "t").strip("/").split("/")
        with socket(api, *path, **call.query()) as opened:
            told = opened.kind("error")
    else:
        answer = call.ask(api, {"cluster": name})
        assert answer.status == 503, answer
        told = answer.json
    assert told["message"]
    assert told["remedy"]
    assert time.monotonic() - begin < 15


def test_other_clusters_answer_meanwhile(api: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1)
    api.get("clusters", "lab", "topics", fresh=1)
    with ThreadPoolExecutor(80) as pool:
        # More than the threads of that cluster, and more than may wait for them.
        waiting = [pool.submit(api.get, "clusters", "silent", "topics", fresh=1) for _ in range(80)]
        slowest = 0.0
        count = 0
        while not all(one.done() for one in waiting):
            begin = time.monotonic()
            assert api.get("clusters").status == 200
            assert api.get("clusters", "lab", "topics", topic).status == 200
            assert api.get("clusters", "lab", "topics", topic, "records").status == 200
            slowest = max(slowest, time.monotonic() - begin)
            count += 1
        assert {one.result().status for one in waiting} == {503}
    assert count > 5
    assert slowest < QUICK


def test_what_is_known_to_be_unreachable_is_told_at_once(api: Api) -> None:
    wait_until(lambda: api.cluster("refusing")["state"] == "unreachable", "the state")
    begin = time.monotonic()
    assert api.get("clusters", "refusing", "topics").status == 503
    assert time.monotonic() - begin < QUICK


def test_secrets_are_in_no_answer_and_no_log(api: Api) -> None:
    """Runs last: by now each route was asked about each cluster that has a password."""
    said = [api.get("clusters").body]
    for name in ("silent", "refusing", "wrong", "denied"):
        said += [call.ask(api, {"cluster": name}).body for call in ON_CLUSTERS]
    log = (api.server.runtime.parent / "log").read_bytes()
    assert b"/jupyter-stream/api/" in log
    for text in (*said, log):
        assert PASSWORD.encode() not in text
        assert b"the-user" not in text


def test_a_cluster_that_comes_up_is_found(
    kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mended") / "server"
    write_profiles(folder, {"lab": {"bootstrap.servers": f"127.0.0.1:{free_port(None)}"}})
    with jupyter_server(folder, f"--StreamServer.local_broker_directory={folder}/b") as server:
        api = Api(server)
        wait_until(lambda: api.cluster("lab")["state"] == "unreachable", "trouble")
        write_profiles(folder, {"lab": {"bootstrap.servers": kafka_broker.bootstrap}})
        wait_until(lambda: api.cluster("lab")["state"] == "connected", "the mended profile")
        write_profiles(folder, {"other": {"bootstrap.servers": kafka_broker.bootstrap}})
        names = [cluster["name"] for cluster in api.get("clusters").json["clusters"]]
        assert names == ["local", "other"]
        (folder / "CONFIG" / "jupyter_stream.toml").write_text("[profiles")
        assert "jupyter_stream.toml" in api.get("clusters").json["problem"]
