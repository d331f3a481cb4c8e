"""Configuration files of OpenMSIStream."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jupyter_stream.errors import ProfileError
from jupyter_stream.kafka.openmsistream_config import load_openmsistream_config

if TYPE_CHECKING:
    from pathlib import Path

LAB = """
[DEFAULT]

[broker]
bootstrap.servers = kafka.lab:9092
sasl.username = $LAB_USER
sasl.password = ${LAB_PASSWORD}

[producer]
batch.size = 200000
key.serializer = StringSerializer
value.serializer = DataFileChunkSerializer

[consumer]
group.id = create_new
auto.offset.reset = earliest
key.deserializer = StringDeserializer
value.deserializer = DataFileChunkDeserializer

[s3_transfer]
bucket_name = mine
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration file, with its environment."""
    monkeypatch.setenv("LAB_USER", "reader")
    monkeypatch.setenv("LAB_PASSWORD", "hu%sh")
    path = tmp_path / "lab.config"
    path.write_text(LAB)
    return path


def test_the_file_is_read_as_it_is(config: Path) -> None:
    profile = load_openmsistream_config(config)
    assert profile.name == "lab.config"
    assert profile.broker == {
        "bootstrap.servers": "kafka.lab:9092",
        "sasl.username": "reader",
        "sasl.password": "hu%sh",
    }
    assert profile.producer == {"batch.size": "200000"}
    assert profile.consumer == {"auto.offset.reset": "earliest"}


def test_a_named_group_is_kept(config: Path) -> None:
    config.write_text(LAB.replace("create_new", "night_shift"))
    assert load_openmsistream_config(config).consumer["group.id"] == "night_shift"


def test_a_variable_that_is_not_set_is_named(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAB_PASSWORD")
    with pytest.raises(ProfileError, match="LAB_PASSWORD"):
        load_openmsistream_config(config)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("bootstrap.servers = k:1", "cannot be read"),
        ("[producer]\na = 1", "no section"),
        (LAB + "\n[kafkacrypto]\nnode_id = me\n", "encryption"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(config: Path, text: str, error: str) -> None:
    config.write_text(text)
    with pytest.raises(ProfileError, match=error):
        load_openmsistream_config(config)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sasl.password hush", 1),
        ("[broker]\nsasl.password hush", 2),
        ("[broker]\na = 1\na = hush", 3),
        ("[broker]\n[broker]\nsasl.password = hush", 2),
    ],
)
def test_a_mistake_names_its_line_without_its_text(config: Path, text: str, line: int) -> None:
    config.write_text(text)
    with pytest.raises(ProfileError, match=rf"lab\.config .* line {line}$") as caught:
        load_openmsistream_config(config)
    assert "hush" not in str(caught.value)


def test_a_file_that_is_no_text_is_told(config: Path) -> None:
    config.write_bytes(b"[broker]\na = \xff")
    with pytest.raises(ProfileError, match="not UTF-8"):
        load_openmsistream_config(config)
    config.unlink()
    with pytest.raises(ProfileError, match="No such file"):
        load_openmsistream_config(config)
