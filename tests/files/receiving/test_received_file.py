"""What users get of a complete file."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jupyter_stream.errors import FileChanged
from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.files.receiving.part import Sink
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling


def receive(sink: Sink[Any], data: bytes, path: str = "sub/a.dat") -> ReceivedFile:
    [file] = [
        file
        for offset, chunk in enumerate(chunks_of(data, path))
        if (file := Assembling(sink).receive("topic", 3, offset, chunk))
    ]
    return file


@pytest.fixture(params=["memory", "disk"])
def sink(request: pytest.FixtureRequest, tmp_path: Path) -> Sink[Any]:
    return MemorySink() if request.param == "memory" else DiskSink(tmp_path)


def test_it_tells_where_it_came_from(sink: Sink[Any]) -> None:
    file = receive(sink, b"12345678")
    assert (file.path, file.name, file.size) == ("sub/a.dat", "a.dat", 8)
    assert (file.topic, file.partition, file.offset) == ("topic", 3, 0)
    assert file.mtime == 1700000000.25
    assert file.sha512.startswith("fa585d89c851dd33")


def test_its_text_form_is_short(sink: Sink[Any]) -> None:
    assert repr(receive(sink, b"12345678")) == "<ReceivedFile 'sub/a.dat': 8 bytes, topic [3] 0>"


def test_data_are_shared_not_copied(sink: Sink[Any]) -> None:
    file = receive(sink, b"12345678")
    first, second = (np.frombuffer(file.data, dtype="u1") for _ in range(2))
    assert np.shares_memory(first, second)
    assert first.tobytes() == b"12345678"


def test_data_are_read_only(sink: Sink[Any]) -> None:
    file = receive(sink, b"12345678")
    assert file.data.readonly
    with pytest.raises(TypeError, match="read-only"):
        file.data[0] = 0


def test_text_is_decoded_on_request(sink: Sink[Any]) -> None:
    file = receive(sink, "Größe".encode())
    assert file.text() == "Größe"
    assert file.text("latin-1") == "GrÃ¶Ã\x9fe"
    with pytest.raises(UnicodeDecodeError):
        file.text("ascii")


def test_an_empty_file_has_empty_data(sink: Sink[Any]) -> None:
    file = receive(sink, b"")
    assert (file.size, bytes(file.data), file.text()) == (0, b"", "")


def test_the_location_is_on_disk_or_nowhere(tmp_path: Path) -> None:
    assert receive(MemorySink(), b"1").location is None
    assert receive(DiskSink(tmp_path), b"1").location == tmp_path / "sub" / "a.dat"


def test_data_of_a_replaced_file_are_not_mistaken_for_it(tmp_path: Path) -> None:
    file, later = (receive(DiskSink(tmp_path), data) for data in (b"old", b"new"))
    assert later.text() == "new"
    with pytest.raises(FileChanged, match="changed after it had arrived"):
        file.text()


def test_data_of_a_removed_file_are_reported(tmp_path: Path) -> None:
    file = receive(DiskSink(tmp_path), b"1")
    (tmp_path / "sub" / "a.dat").unlink()
    with pytest.raises(FileChanged, match="removed"):
        file.text()


def test_data_that_were_looked_at_outlive_their_file(tmp_path: Path) -> None:
    file = receive(DiskSink(tmp_path), b"old")
    assert file.text() == "old"
    receive(DiskSink(tmp_path), b"new")
    assert file.text() == "old"
