"""Files that came in chunks: a real broker, a real Jupyter server."""

from __future__ import annotations

import os
from hashlib import sha512
from typing import TYPE_CHECKING, Any

import pytest

from jupyter_stream.formats.chunk import Chunk, pack_chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.server.filling import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.server.api import Answer, Api


class Files:
    """A topic of files."""

    def __init__(self, api: Api, broker: RunningBroker, topic: str) -> None:
        self.api = api
        self.broker = broker
        self.topic = topic

    def send(self, chunks: Sequence[Chunk], partition: int = 0) -> None:
        """Write chunks."""
        fill(
            self.broker,
            self.topic,
            [{"value": pack_chunk(chunk), "partition": partition} for chunk in chunks],
        )

    def list(self, **query: Any) -> Any:
        """Ask for files."""
        answer = self.api.get("clusters", "lab", "topics", self.topic, "files", **query)
        assert answer.status == 200, answer.body
        return answer.json

    def content(self, row: Any, **changes: str) -> Answer:
        """Ask for the content of a file in the list."""
        places = ",".join(
            f"{place['partition']}:{place['first_offset']}-{place['last_offset']}"
            for place in row["places"]
        )
        query = {"places": places, "sha512": row["sha512"], **changes}
        return self.api.get("clusters", "lab", "topics", self.topic, "files", "content", **query)


@pytest.fixture
def files(api: Api, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Files:
    return Files(api, kafka_broker, kafka_topic(2))


def test_files_tell_how_complete_they_are(files: Files) -> None:
    whole, part = b"0123456789" * 4, b"abcdefghij" * 4
    files.send(chunks_of(whole, "run/whole.dat"))
    chunks = chunks_of(part, "run/part.dat")
    files.send([chunks[0], chunks[3]])
    told = files.list()
    assert told["complete"] is True
    incomplete, complete = told["files"]
    assert complete["path"] == "run/whole.dat"
    assert complete["sha512"] == sha512(whole).hexdigest()
    assert (complete["bytes"], complete["chunks"], complete["received"]) == (40, 5, 5)
    assert (complete["state"], complete["verified"], complete["missing"]) == ("complete", True, [])
    assert incomplete["path"] == "run/part.dat"
    assert (incomplete["state"], incomplete["verified"]) == ("incomplete", False)
    assert incomplete["missing"] == [[2, 3], [5, 5]]


def test_repeated_chunks_count_once(files: Files) -> None:
    chunks = chunks_of(b"0123456789" * 4)
    files.send([chunks[0], *chunks, chunks[0]])
    (row,) = files.list()["files"]
    assert (row["received"], row["state"]) == (5, "complete")


def test_damaged_chunks_make_a_damaged_file(files: Files) -> None:
    chunks = chunks_of(b"0123456789" * 4)
    values = [bytearray(pack_chunk(chunk)) for chunk in chunks]
    values[2][-12] ^= 0xFF
    fill(files.broker, files.topic, [{"value": bytes(value)} for value in values])
    (row,) = files.list()["files"]
    assert (row["state"], row["verified"], row["missing"]) == ("damaged", False, [[3, 3]])


def test_other_records_are_counted(files: Files) -> None:
    fill(files.broker, files.topic, [{"value": b"hello"}, {"value": None}])
    broken = pack_chunk(chunks_of(b"x")[0])[:-12]
    fill(files.broker, files.topic, [{"value": broken}])
    told = files.list()
    assert (told["files"], told["other_records"], told["damaged_records"]) == ([], 2, 1)


def test_the_content_is_put_together_also_from_several_partitions(files: Files) -> None:
    content = os.urandom(100_000)
    chunks = chunks_of(content, "run/spread.dat", chunk_size=1000)
    files.send(chunks[::2], 0)
    files.send(chunks[1::2], 1)
    (row,) = files.list()["files"]
    assert [place["partition"] for place in row["places"]] == [0, 1]
    answer = files.content(row)
    assert answer.status == 200
    assert answer.body == content
    assert 'filename="spread.dat"' in answer.headers["content-disposition"]


def test_pages_of_files_cut_none_in_two(files: Files) -> None:
    contents = {f"file{number}": os.urandom(4000) for number in range(20)}
    for path, content in contents.items():
        files.send(chunks_of(content, path, chunk_size=100))
    told = files.list(limit=1)
    seen = list(told["files"])
    while told["before"]:
        told = files.list(limit=1, before=told["before"])
        seen += told["files"]
    assert [row["path"] for row in seen] == [f"file{number}" for number in range(19, -1, -1)]
    assert {row["state"] for row in seen} == {"complete"}


def test_upwards_all_files_are_found_too(files: Files) -> None:
    for number in range(12):
        files.send(chunks_of(os.urandom(4000), f"file{number}", chunk_size=100))
    told = files.list(limit=2, from_="earliest")
    seen = list(told["files"])
    while told["after"]:
        told = files.list(limit=2, after=told["after"])
        seen += told["files"]
    assert sorted(row["path"] for row in seen) == sorted(f"file{number}" for number in range(12))
    assert {row["state"] for row in seen} == {"complete"}


def test_a_file_that_is_not_whole_is_not_given(files: Files) -> None:
    files.send(chunks_of(b"0123456789" * 4)[:-1])
    (row,) = files.list()["files"]
    answer = files.content(row)
    assert answer.status == 409
    assert "not all chunks" in answer.json["message"]


def test_a_file_that_is_too_large_is_not_given(files: Files) -> None:
    chunk = chunks_of(b"x" * 1000, chunk_size=1000)[0]
    claimed = Chunk(
        filename="huge",
        file_hash=chunk.file_hash,
        chunk_hash=chunk.chunk_hash,
        offset=0,
        index=1,
        total=1_000_000,
        subdir="",
        append="",
        data=chunk.data,
        mtime=None,
    )
    files.send([claimed])
    (row,) = files.list()["files"]
    assert files.content(row).status == 413


def test_a_content_that_is_another_one_is_not_given(files: Files) -> None:
    chunks = chunks_of(b"0123456789" * 4)
    wrong = [
        Chunk(
            filename=chunk.filename,
            file_hash=b"\1" * 64,
            chunk_hash=chunk.chunk_hash,
            offset=chunk.offset,
            index=chunk.index,
            total=chunk.total,
            subdir="",
            append="",
            data=chunk.data,
            mtime=None,
        )
        for chunk in chunks
    ]
    files.send(wrong)
    (row,) = files.list()["files"]
    assert files.content(row).status == 422
