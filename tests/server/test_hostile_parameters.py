"""Hostile parameters, on each route: 4xx with the parameter named, and never 500."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from zlib import compress

import pytest
from confluent_kafka.admin import AdminClient

from jupyter_stream.testing.kafka import create_topic
from tests.server.every_route import BODIES, CALLS, PARTS, Call

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Api

NASTY = [
    "",
    " ",
    "-1",
    "0x10",
    "1e9",
    "1_0",
    "٣",
    "9" * 30,
    "9" * 5000,
    "nan",
    "inf",
    "null",
    "true",
    "[]",
    "{}",
    "../../etc/passwd",
    "..",
    "/",
    "a/b",
    "\\\\host\\share",
    "\0",
    "a\0b",
    "\r\nX-Evil: 1",
    "%00",
    "%s%s%n",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\udcff\udcfe",
    "💥" * 100,
    "é" * 4000,
    "*",
    "?",
    "time:nan",
    "time:-1",
    "time:1e300",
    "offset:-1",
    "offset:x",
    "offset:" + "9" * 25,
    urlsafe_b64encode(compress(b'{"0": -5}')).decode(),
    urlsafe_b64encode(compress(b"[" * 100_000)).decode(),
    urlsafe_b64encode(compress(b"0" * 50_000_000)).decode(),
    urlsafe_b64encode(b"no zlib").decode(),
    "0:5-1",
    "0:0-" + "9" * 18,
    ",".join(f"{n}:0-1" for n in range(2000)),
]
# What some take for right, of which then nothing is found, or that is as if it were not there.
QUIET = {200, 201, 202, 404, 101}
BODY_ROUTES = [call for call in CALLS if call.path in BODIES and call.operation.method == "post"]


@pytest.fixture(scope="module")
def topic(kafka_broker: RunningBroker) -> str:
    return create_topic(AdminClient({"bootstrap.servers": kafka_broker.bootstrap}))


def check(answer: Any, name: str, sent: str) -> None:
    assert answer.status < 500, (name, sent, answer)
    assert "X-Evil" not in answer.headers
    # Jupyter takes an address that ends in a slash for the one without.
    if answer.status not in QUIET and (answer.status, sent) != (302, ""):
        assert answer.status in {400, 403, 409, 413, 414, 422, 431}, (name, sent, answer)
    if answer.status == 400 and answer.headers.get("content-type", "").startswith("application/j"):
        told = answer.json
        assert told["message"]
        assert len(answer.body) < 2000
        assert name in told["message"] or "nvalid unicode" in told["message"], (sent, told)


@pytest.mark.parametrize("call", [call for call in CALLS if call.operation.parameters], ids=str)
def test_parameters_of_the_address(api: Api, topic: str, call: Call) -> None:
    for parameter in call.operation.parameters:
        for sent in NASTY:
            answer = call.ask(api, {"topic": topic}, {parameter.name: sent})
            check(answer, parameter.name, sent)


@pytest.mark.parametrize("call", [call for call in CALLS if "{" in call.path], ids=str)
def test_parts_of_the_path(api: Api, topic: str, call: Call) -> None:
    for name in PARTS:
        if f"{{{name}}}" not in call.path:
            continue
        for sent in NASTY:
            answer = call.ask(api, {"topic": topic, name: sent})
            check(answer, name, sent)
            assert answer.status not in {200, 201, 202}, (name, sent)


@pytest.mark.parametrize("call", BODY_ROUTES, ids=str)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 10_000,
        b"{}" + b" " * 5_000_000,
        b'{"action": 1, "topics": 1, "format": 1, "value": 1, "from": 1}',
        b'{"action": [1], "topics": [1], "format": [1], "value": [1]}',
        b'{"action": {}, "topics": {}, "format": {}, "value": {}}',
    ],
    ids=range(13),
)
def test_bodies(api: Api, topic: str, call: Call, body: bytes) -> None:
    answer = api.raw(call.operation.method.upper(), call.address({"topic": topic}), body)
    assert answer.status in {400, 403, 413}, answer
    assert answer.json["message"]


@pytest.mark.parametrize(
    "body",
    [
        {"topics": ["../x"]},
        {"topics": ["a" * 250]},
        {"topics": [""]},
        {"topics": ["a\0"]},
        {"topics": ["t"] * 10_000},
        {"topics": "t"},
    ],
)
def test_figures_of_odd_topics(api: Api, body: Any) -> None:
    answer = api.post("clusters", "lab", "figures", body=body)
    assert answer.status == 400
    assert "topic" in answer.json["message"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "nowhere"),
        ("from", 7),
        ("partition", -1),
        ("partition", "x"),
        ("limit", 0),
        ("limit", "many"),
        ("columns", []),
        ("columns", ["nothing"]),
        ("columns", ["value."]),
        ("columns", ["key"] * 1000),
        ("format", "exe"),
    ],
)
def test_odd_exports(api: Api, topic: str, name: str, value: Any) -> None:
    body = {"format": "csv", name: value}
    answer = api.post("clusters", "lab", "topics", topic, "export", body=body)
    assert answer.status == 400
    assert name in answer.json["message"]


def test_the_server_is_well_afterwards(api: Api, kafka_topic: MakeTopic) -> None:
    assert api.get("clusters", "lab", "topics", kafka_topic(1)).status == 200
    log = (api.server.runtime.parent / "log").read_text()
    assert "Traceback" not in log
