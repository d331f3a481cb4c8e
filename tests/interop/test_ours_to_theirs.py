"""We upload, and OpenMSIStream's own program reconstructs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Producer

import jupyter_stream as js
from jupyter_stream.files.uploading.split import split
from jupyter_stream.formats.chunk import chunk_key, pack_chunk
from tests.interop.program import ADDRESS_VARIABLE, Program
from tests.interop.tree import (
    EMPTY,
    SHRINKS,
    common_files,
    contents,
    newer_versions,
    visible_files,
    write_all,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(900)  # the first of them may have to install OpenMSIStream


def upload(root: Path, topic: str, cluster: js.Cluster) -> None:
    """Upload a tree, and see that all of it is stored."""
    with js.upload(root, topic, cluster=cluster) as job:
        assert job.wait(60)
        job.raise_if_failed()


def downloader(topic: str, config: Path, address: str, folder: Path) -> Program:
    """Start their downloader, into the folder "got"."""
    arguments = (folder / "got", "--config", config, "--topic_name", topic)
    return Program("DataFileDownloadDirectory", *arguments, folder=folder, address=address)


def test_every_file_is_reconstructed_byte_for_byte_and_so_is_a_newer_version(
    config: Path, cluster: js.Cluster, address: str, fresh: str, tmp_path: Path
) -> None:
    root, got = tmp_path / "tree", tmp_path / "got"
    files = common_files() | {EMPTY: b""}
    write_all(root, files)
    upload(root, fresh, cluster)
    with downloader(fresh, config, address, tmp_path) as program:
        program.wait_until(lambda: contents(got, files) == files, "the tree, by their downloader")
        newer = newer_versions()
        del newer[SHRINKS]
        write_all(root, newer)
        upload(root, fresh, cluster)
        program.wait_until(lambda: contents(got, newer) == newer, "the newer versions")
        assert program.quit() == 0
    assert visible_files(got) - files.keys() == {"DataFileDownloadDirectory.log"}


def test_a_newer_version_that_is_shorter_keeps_its_old_end_on_their_disk(
    config: Path, cluster: js.Cluster, address: str, fresh: str, tmp_path: Path
) -> None:
    """What is on the topic is right; their program says itself that its hash does not match."""
    root, got = tmp_path / "tree", tmp_path / "got"
    before, after = common_files()[SHRINKS], newer_versions()[SHRINKS]
    with downloader(fresh, config, address, tmp_path) as program:
        for content in (before, after):
            write_all(root, {SHRINKS: content})
            upload(root, fresh, cluster)
            shown = content + before[len(content) :]
            expected = {SHRINKS: shown}
            program.wait_until(lambda: contents(got, expected) == expected, "a version")  # noqa: B023
        program.wait_until(lambda: "not matched" in program.said, "their warning")


@pytest.mark.parametrize("fields", [9, 10])
def test_chunks_of_nine_and_of_ten_fields_are_reconstructed(
    config: Path, address: str, fresh: str, tmp_path: Path, fields: int
) -> None:
    root, got = tmp_path / "tree", tmp_path / "got"
    files = common_files()
    write_all(root, files)
    producer = Producer({"bootstrap.servers": address})
    for path in files:
        for chunk in split(root / path, root):
            # To any partition, as they do it: the chunks of a file come in any order.
            value = pack_chunk(chunk, 9 if fields == 9 else 10)
            producer.produce(fresh, value, chunk_key(chunk))
    assert producer.flush(30) == 0
    with downloader(fresh, config, address, tmp_path) as program:
        program.wait_until(lambda: contents(got, files) == files, "the tree, by their downloader")


def test_the_configuration_is_read_as_theirs_is(
    config: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, address)
    profile = js.connect(config).profile
    assert profile.bootstrap == address
    assert profile.producer == {"linger.ms": "100"}
    assert profile.consumer == {"auto.offset.reset": "earliest", "enable.auto.commit": "True"}
