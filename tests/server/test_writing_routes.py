"""Writing records and exporting them: a real broker, a real Jupyter server."""

from __future__ import annotations

import base64
import csv
import io
import json
from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.server.api import Api
from tests.server.filling import fill, npy
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic


@pytest.fixture(scope="module")
def writer(kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Ask a server that lets records be written, and has no pyarrow."""
    folder = tmp_path_factory.mktemp("writer") / "server"
    write_profiles(folder, {"lab": {"bootstrap.servers": kafka_broker.bootstrap}})
    modules = folder / "modules"
    modules.mkdir()
    (modules / "pyarrow.py").write_text("raise ModuleNotFoundError")
    with jupyter_server(folder, "--StreamServer.may_produce=True", modules=modules) as server:
        yield Api(server)


def path(topic: str, last: str) -> tuple[str, ...]:
    return ("clusters", "lab", "topics", topic, last)


def test_nothing_is_written_unless_allowed(api: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1)
    answer = api.post(*path(topic, "records"), body={"value": "x"})
    assert answer.status == 403
    assert "may_produce" in answer.json["remedy"]
    assert api.get(*path(topic, "records")).json["records"] == []


def test_a_record_is_written(writer: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(2)
    assert writer.get("clusters").json["may_produce"] is True
    body = {"value": '{"a": 1}', "key": "k", "headers": [["unit", "mm"]], "partition": 1}
    answer = writer.post(*path(topic, "records"), body=body)
    assert answer.status == 201
    assert answer.json == {"partition": 1, "offset": 0}
    (record,) = writer.get(*path(topic, "records")).json["records"]
    assert record["value"]["text"] == '{"a": 1}'
    assert record["key"]["text"] == "k"
    assert record["headers"][0][0] == "unit"


def test_bytes_and_nothing_are_written(writer: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1)
    encoded = base64.b64encode(b"\0\1").decode()
    writer.post(*path(topic, "records"), body={"value": encoded, "encoding": "base64"})
    writer.post(*path(topic, "records"), body={"key": "gone"})
    gone, first = writer.get(*path(topic, "records")).json["records"]
    assert first["value"]["text"] == "0001"
    assert gone["value_bytes"] is None


def test_no_topic_is_made_by_writing(writer: Api) -> None:
    assert writer.post(*path("not-there-yet", "records"), body={"value": "x"}).status == 404
    topics = writer.get("clusters", "lab", "topics", fresh=1).json["topics"]
    assert "not-there-yet" not in [topic["name"] for topic in topics]


def test_what_is_too_large_for_the_topic_is_refused(writer: Api, kafka_topic: MakeTopic) -> None:
    topic = kafka_topic(1, {"max.message.bytes": "1000"})
    answer = writer.post(*path(topic, "records"), body={"value": "x" * 5000})
    assert answer.status == 502
    assert answer.json["message"]


@pytest.fixture
def mixed(kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> str:
    # Records of long ago would be deleted, now or in a moment.
    name = kafka_topic(1, {"retention.ms": "-1"})
    values: list[Any] = [
        b'{"t": 1.5, "unit": "K, or so"}',
        msgpack.packb({"t": 2.5, "data": b"\0"}),
        "ä\n".encode(),
        npy(np.array([1.0, np.nan])),
        b"\xff\xfe",
        None,
    ]
    fill(
        kafka_broker,
        name,
        [
            {"value": value, "key": str(n).encode(), "timestamp": 1_700_000_000_000 + n}
            for n, value in enumerate(values)
        ],
    )
    return name


def test_json_lines_hold_decoded_values(api: Api, mixed: str) -> None:
    answer = api.post(*path(mixed, "export"), body={"format": "jsonl"})
    assert answer.status == 200
    rows = [json.loads(line) for line in answer.body.splitlines()]
    assert [row["value"] for row in rows] == [
        {"t": 1.5, "unit": "K, or so"},
        {"t": 2.5, "data": "AA=="},
        "ä\n",
        [1.0, None],
        "//4=",
        None,
    ]
    assert rows[0]["timestamp"] == "2023-11-14T22:13:20.000+00:00"
    assert f'filename="{mixed}.jsonl"' in answer.headers["content-disposition"]


def test_csv_holds_chosen_columns_and_fields(api: Api, mixed: str) -> None:
    columns = ["offset", "key", "value.t", "value.unit", "value_bytes"]
    body = {"format": "csv", "columns": columns, "from": "newest", "limit": 6}
    rows = list(csv.reader(io.StringIO(api.post(*path(mixed, "export"), body=body).body.decode())))
    assert rows[0] == columns
    assert rows[-1] == ["0", "0", "1.5", "K, or so", "30"]
    assert [row[0] for row in rows[1:]] == ["5", "4", "3", "2", "1", "0"]


def test_an_empty_topic_is_a_file_with_names_only(api: Api, kafka_topic: MakeTopic) -> None:
    answer = api.post(*path(kafka_topic(1), "export"), body={"format": "csv"})
    assert answer.body == b"partition,offset,timestamp,key,value\r\n"


def test_many_records_are_exported(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(2)
    fill(kafka_broker, topic, [{"value": b"%d" % n, "partition": n % 2} for n in range(30_000)])
    body = {"format": "jsonl", "partition": 1, "limit": 14_000}
    rows = api.post(*path(topic, "export"), body=body).body.splitlines()
    assert [json.loads(row)["offset"] for row in rows] == list(range(14_000))


def test_parquet_holds_columns_with_their_types(api: Api, mixed: str) -> None:
    columns = ["partition", "offset", "timestamp", "key", "value", "value.t", "value_bytes"]
    table = parquet_of(api, mixed, columns=columns)
    assert table.schema.names == columns
    assert [str(kind) for kind in table.schema.types] == [
        *("int32", "int64", "string", "string", "string", "string", "int64")
    ]
    rows = table.to_pylist()
    assert [row["offset"] for row in rows] == [0, 1, 2, 3, 4, 5]
    assert [row["value"] for row in rows] == [
        '{"t": 1.5, "unit": "K, or so"}',
        '{"t": 2.5, "data": "AA=="}',
        "ä\n",
        "[1.0, null]",
        "//4=",
        None,
    ]
    assert [row["value.t"] for row in rows] == ["1.5", "2.5", None, None, None, None]
    assert [row["value_bytes"] for row in rows][::5] == [30, None]
    assert rows[0]["timestamp"] == "2023-11-14T22:13:20.000+00:00"
    assert rows[0]["key"] == "0"


def test_parquet_of_many_records_and_of_none(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic, empty = kafka_topic(1), kafka_topic(1)
    fill(kafka_broker, topic, [{"value": b"%d" % number} for number in range(5_000)])
    table = parquet_of(api, topic)
    assert table["offset"].to_pylist() == list(range(5_000))
    assert table["value"][-1].as_py() == "4999"
    table = parquet_of(api, empty)
    assert (table.num_rows, table.schema.names[0]) == (0, "partition")


def test_parquet_takes_texts_that_are_no_unicode(
    api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic(1)
    halves = [b'"\\ud800"', b'{"t": "\\ud800"}', msgpack.packb({"t": 2**64 - 1})]
    fill(kafka_broker, topic, [{"value": value} for value in halves])
    table = parquet_of(api, topic, columns=["value", "value.t"])
    assert table["value"][0].as_py() == "?"
    assert table["value.t"].to_pylist() == [None, "?", str(2**64 - 1)]


def parquet_of(api: Api, topic: str, **body: Any) -> pa.Table:
    answer = api.post(*path(topic, "export"), body={"format": "parquet", **body})
    assert answer.status == 200
    assert f'filename="{topic}.parquet"' in answer.headers["content-disposition"]
    return parquet.read_table(io.BytesIO(answer.body))


def test_parquet_needs_its_package(writer: Api, mixed: str) -> None:
    answer = writer.post(*path(mixed, "export"), body={"format": "parquet"})
    assert answer.status == 501
    assert "pyarrow" in answer.json["remedy"]
