"""The OpenAPI document, held against what the routes answer."""

from __future__ import annotations

from hashlib import sha512
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from jupyter_stream.formats.chunk import pack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.server.api import Api
from tests.server.every_route import API, CALLS, Call
from tests.server.filling import fill, npy
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

CONTENT = b"content"


@pytest.fixture(scope="module")
def api(kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Ask a server where everything is allowed."""
    folder = tmp_path_factory.mktemp("openapi") / "server"
    write_profiles(folder, {"lab": {"bootstrap.servers": kafka_broker.bootstrap}})
    with jupyter_server(
        folder,
        "--StreamServer.may_produce=True",
        f"--StreamServer.local_broker_directory={folder / 'broker'}",
    ) as server:
        yield Api(server)


@pytest.fixture(scope="module")
def document(api: Api) -> Any:
    return api.get("openapi.json").json


@pytest.fixture
def topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    """A topic with a record of each kind that is drawn, and a file."""
    name = kafka_topic(1)
    values = [npy(np.arange(5.0)), npy(np.eye(5)), b'[{"a": 1}]', b"text"]
    values += [pack_chunk(chunk) for chunk in chunks_of(CONTENT, chunk_size=100)]
    fill(
        kafka_broker,
        name,
        [{"value": value, "headers": [("h", b"x")], "key": b"k"} for value in values],
    )
    return name


def validate(document: Any, schema: Any, content: Any) -> None:
    Draft202012Validator({**schema, "components": document["components"]}).validate(content)


def test_the_document_is_of_version_3_1(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            for parameter in operation["parameters"]:
                assert parameter["description"]
                Draft202012Validator.check_schema(parameter["schema"])


@pytest.mark.parametrize("call", [call for call in CALLS if not call.is_socket], ids=str)
def test_answers_are_as_described(api: Api, document: Any, topic: str, call: Call) -> None:
    for offset in range(4 if call.path.endswith("preview") else 1):
        query = {"places": "0:4-4", "sha512": sha512(CONTENT).hexdigest()}
        wanted = {name: query[name] for name in call.query()}
        answer = call.ask(api, {"topic": topic, "offset": str(offset)}, wanted)
        described = document["paths"][API + call.path][call.operation.method]["responses"]
        assert str(answer.status) in described, answer
        ((kind, content),) = described[str(answer.status)]["content"].items()
        assert answer.headers["content-type"].startswith(kind)
        if kind == "application/json":
            validate(document, content["schema"], answer.json)


def test_refusals_are_as_described(api: Api, document: Any) -> None:
    answer = api.get("clusters", "nowhere", "topics")
    schema = document["components"]["schemas"]["Error"]
    validate(document, {**schema, "additionalProperties": False}, answer.json)


def test_a_wrong_answer_would_be_noticed(document: Any, api: Api) -> None:
    described = document["paths"][f"{API}/clusters"]["get"]["responses"]["200"]
    wrong = api.get("clusters").json
    wrong["clusters"][0]["state"] = "odd"
    with pytest.raises(Exception, match="odd"):
        validate(document, described["content"]["application/json"]["schema"], wrong)
