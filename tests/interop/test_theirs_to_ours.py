"""OpenMSIStream's own programs upload, and we reconstruct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.interop.collected import Collected, records
from tests.interop.program import Program
from tests.interop.tree import (
    LEFT_OUT_BY_THEM,
    PARTIAL,
    REFUSED_BY_US,
    common_files,
    contents,
    newer_versions,
    write,
    write_all,
)
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(900)  # the first of them may have to install OpenMSIStream

# How a msgpack array of nine begins.
NINE_FIELDS = 0x99
# A second of rest, so that it does not take a file that is just being written.
EVERYTHING_SOON = ("--upload_existing", "--watchdog_lag_time", "1")


@pytest.fixture(scope="module")
def uploaded(
    address: str,
    config: Path,
    topic: str,
    cluster: js.Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Collected, dict[str, bytes]]]:
    """A tree that their uploader sent, then newer versions; what we saw, and what it was."""
    folder = tmp_path_factory.mktemp("theirs")
    root = folder / "tree"
    files = common_files() | dict.fromkeys(PARTIAL, b"not finished, by its name")
    write_all(root, files)
    for path in (*LEFT_OUT_BY_THEM, REFUSED_BY_US):
        write(root, path, b"" if path.endswith(".dat") else b"something")
    arguments = (root, "--config", config, "--topic_name", topic, *EVERYTHING_SOON)
    program = Program("DataFileUploadDirectory", *arguments, folder=folder, address=address)
    with Collected(topic, cluster) as collected, program:
        program.wait_until(lambda: collected.holds(files), "the tree, by their uploader")
        newer = newer_versions()
        write_all(root, newer)
        program.wait_until(lambda: collected.holds(newer), "the newer versions")
        assert program.quit() == 0
        yield collected, files | newer


def test_every_file_arrives_byte_for_byte_and_the_newest_version_wins(
    uploaded: tuple[Collected, dict[str, bytes]],
) -> None:
    collected, expected = uploaded
    assert collected.files == expected


def test_what_their_uploader_leaves_out_is_all_that_is_missing(
    uploaded: tuple[Collected, dict[str, bytes]],
) -> None:
    collected, _ = uploaded
    assert not set(LEFT_OUT_BY_THEM) & set(collected.files)


def test_a_name_that_windows_cannot_hold_is_refused_and_told(
    uploaded: tuple[Collected, dict[str, bytes]],
) -> None:
    collected, _ = uploaded
    assert collected.watch.stats.skipped == 1
    (problem,) = collected.watch.problems
    assert REFUSED_BY_US in problem.detail


def test_their_chunks_are_spread_over_partitions(
    uploaded: tuple[Collected, dict[str, bytes]], topic: str, cluster: js.Cluster
) -> None:
    """Else the tests above would prove less than they say."""
    del uploaded
    partitions = {record.partition for record in records(topic, cluster)}
    assert len(partitions) > 1


def test_all_of_it_is_downloaded_to_disk(
    uploaded: tuple[Collected, dict[str, bytes]], topic: str, cluster: js.Cluster, tmp_path: Path
) -> None:
    _, expected = uploaded
    with js.download(topic, to=tmp_path / "got", until_end=True, cluster=cluster) as download:
        assert download.wait(60)
        download.raise_if_failed()
    assert contents(tmp_path / "got", expected) == expected


def test_all_of_it_is_received_in_memory(
    uploaded: tuple[Collected, dict[str, bytes]], topic: str, cluster: js.Cluster
) -> None:
    _, expected = uploaded
    with js.receive(topic, until_end=True, cluster=cluster) as stream:
        files = sorted(stream, key=lambda file: file.mtime or 0.0)
    assert {file.path: bytes(file.data) for file in files} == expected


@pytest.mark.parametrize("chunk_size", [524_288, 1_024])
def test_one_file_sent_by_itself_arrives(
    address: str, config: Path, cluster: js.Cluster, tmp_path: Path, chunk_size: int, fresh: str
) -> None:
    content = bytes(range(256)) * 400
    write(tmp_path, "one.bin", content)
    options = ("--config", config, "--topic_name", fresh, "--chunk_size", str(chunk_size))
    with (
        Program(
            "UploadDataFile", tmp_path / "one.bin", *options, folder=tmp_path, address=address
        ) as program,
        Collected(fresh, cluster) as collected,
    ):
        assert program.process.wait(60) == 0, program.said
        wait_until(lambda: collected.holds({"one.bin": content}), "the file")


def test_nine_fields_as_their_older_version_writes_them(
    address: str, config: Path, cluster: js.Cluster, tmp_path: Path, fresh: str
) -> None:
    root = tmp_path / "tree"
    files = common_files()
    write_all(root, files)
    arguments = (root, "--config", config, "--topic_name", fresh, *EVERYTHING_SOON)
    program = Program(
        "DataFileUploadDirectory", *arguments, folder=tmp_path, address=address, with_older=True
    )
    with Collected(fresh, cluster) as collected, program:
        program.wait_until(lambda: collected.holds(files), "the tree, by their older uploader")
    firsts = {(record.value or b"?")[0] for record in records(fresh, cluster)}
    assert firsts == {NINE_FIELDS}
