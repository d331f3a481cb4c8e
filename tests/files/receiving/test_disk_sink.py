"""Files assembled on disk: there at once and complete, or not at all."""

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_stream.errors import BadChunk, FileChanged, NotStored, UnsafePath
from jupyter_stream.files.ledger import STATE_FOLDER, Ledger
from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.files.receiving.received_ledger import (
    POSITIONS_SCHEMA,
    RECEIVED_SCHEMA,
    REFUSED_SCHEMA,
    ReceivedLedger,
)
from jupyter_stream.formats.chunk import Chunk
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling
from tests.small_disk import mounted_small_disk

HELLO = b"Hello, world"
PAST, LATER = 1700000000.25, 1800000000.0


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "some" / "output"


@pytest.fixture
def assembler(output: Path) -> Assembling:
    return assembling(output)


def assembling(output: Path) -> Assembling:
    """Assemble into a directory, with a ledger in it, as a download does."""
    ledger = Ledger(output / STATE_FOLDER, RECEIVED_SCHEMA, POSITIONS_SCHEMA, REFUSED_SCHEMA)
    return Assembling(DiskSink(output), register=ReceivedLedger(ledger, "topic", topic_id="id"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 64 KiB."""
    with mounted_small_disk(tmp_path, "64k") as disk:
        yield disk


def add(
    assembler: Assembling, chunks: list[Chunk], start: int = 0, partition: int = 0
) -> ReceivedFile | None:
    """Add chunks; give what the last one completed."""
    results = [
        assembler.receive("topic", partition, offset, chunk)
        for offset, chunk in enumerate(chunks, start=start)
    ]
    return results[-1]


def tree(directory: Path) -> list[str]:
    """Name everything below a directory but the state of transfers."""
    paths = (path.relative_to(directory).as_posix() for path in directory.rglob("*"))
    return sorted(path for path in paths if not path.startswith(STATE_FOLDER))


def parts(directory: Path) -> list[Path]:
    """Give the unfinished files below a directory."""
    return [path for path in (directory / STATE_FOLDER / "parts").glob("*/*") if path.is_file()]


def test_a_file_appears_complete_with_its_time(assembler: Assembling, output: Path) -> None:
    first, last = chunks_of(HELLO, "sub/dir/hi.txt", append="_v2")
    add(assembler, [last])
    assert len(parts(output)) == 1
    assert tree(output) == []
    file = add(assembler, [first])
    assert file is not None
    assert tree(output) == ["sub", "sub/dir", "sub/dir/hi_v2.txt"]
    assert parts(output) == []
    assert file.location == output / "sub" / "dir" / "hi_v2.txt"
    assert file.location.read_bytes() == HELLO
    assert file.location.stat().st_mtime == PAST


@settings(max_examples=30)
@given(st.sets(st.binary(max_size=40), min_size=1, max_size=5), st.data())
def test_files_in_any_order_arrive_and_leave_nothing_else(
    tmp_path: Path, contents: set[bytes], data: st.DataObject
) -> None:
    files = {f"sub/{number}": content for number, content in enumerate(sorted(contents))}
    chunks = [chunk for path, content in files.items() for chunk in chunks_of(content, path)]
    output = Path(mkdtemp(dir=tmp_path))
    with assembling(output) as assembler:
        add(assembler, data.draw(st.permutations(chunks)))
    assert tree(output) == ["sub", *sorted(files)]
    assert {path: (output / path).read_bytes() for path in files} == files


def test_more_unfinished_files_than_may_be_open(output: Path) -> None:
    resource_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = {f"{number}.txt": f"number {number:08}".encode() for number in range(300)}
    chunks = [chunks_of(content, path) for path, content in files.items()]
    assembler = assembling(output)
    highest = max(int(descriptor.name) for descriptor in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 150, resource_limit[1]))
    try:
        for index in (1, 0):
            add(assembler, [file[index] for file in chunks])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, resource_limit)
    assert {name: (output / name).read_bytes() for name in tree(output)} == files


def test_large_files_out_of_order_are_hashed_from_disk(assembler: Assembling) -> None:
    data = os.urandom(3 * 1024**2 + 17)
    file = add(assembler, chunks_of(data, chunk_size=100_000)[::-1])
    assert file is not None
    assert file.data == data


def test_a_file_that_differs_as_a_whole_never_appears(assembler: Assembling, output: Path) -> None:
    first, last = chunks_of(HELLO, "sub/a.txt")
    _, other = chunks_of(b"Hello, worms", "sub/a.txt")
    forged = replace(last, data=other.data, chunk_hash=other.chunk_hash)
    with pytest.raises(BadChunk, match="whole-file hash differs"):
        add(assembler, [first, forged])
    assert tree(output) == []
    assert add(assembler, [first, last], start=2) is not None


def test_a_file_sent_again_in_other_chunks_leaves_no_part(
    assembler: Assembling, output: Path
) -> None:
    interrupted = chunks_of(HELLO, "a.txt", chunk_size=8)[:1]
    assert add(assembler, interrupted + chunks_of(HELLO, "a.txt", chunk_size=5)) is not None
    assert tree(output) == ["a.txt"]


def test_content_and_name_are_brought_to_the_disk(
    assembler: Assembling, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(Path(f"/dev/fd/{file}").readlink()))
    add(assembler, chunks_of(HELLO, "a.txt"))
    part, directory = (path for path in synced if path.suffix != ".sqlite")
    assert part.parent.parent == output / STATE_FOLDER / "parts"
    assert directory == output


def test_closing_leaves_no_part_and_no_empty_directory(output: Path) -> None:
    with assembling(output) as assembler:
        add(assembler, chunks_of(HELLO, "new/dir/a.txt")[:1])
        add(assembler, chunks_of(b"1", "new/b.txt"))
        assert len(parts(output)) == 1
    assert tree(output) == ["new", "new/b.txt"]
    assert list((output / STATE_FOLDER / "parts").iterdir()) == []


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newer_version_stays_whichever_completes_last(
    assembler: Assembling, output: Path, newest_first: bool
) -> None:
    versions = [
        chunks_of(b"old content", "a.txt", mtime=PAST),
        chunks_of(b"new content", "a.txt", mtime=LATER),
    ]
    ordered = versions[::-1] if newest_first else versions
    add(assembler, [ordered[0][0], ordered[1][0]])
    completing = [add(assembler, [ordered[number][1]], start=2 + number) for number in (0, 1)]
    assert (output / "a.txt").read_bytes() == b"new content"
    assert tree(output) == ["a.txt"]
    assert (completing[1] is None) == newest_first
    assert assembler.counters.superseded == int(newest_first)


@pytest.mark.parametrize("mtime", [PAST, None])
def test_with_equal_or_unknown_times_the_later_position_stays(
    assembler: Assembling, output: Path, mtime: float | None
) -> None:
    old = chunks_of(b"old content", "a.txt", mtime=mtime)
    new = chunks_of(b"new content", "a.txt", mtime=mtime)
    add(assembler, [old[0], new[0], new[1], old[1]])
    assert (output / "a.txt").read_bytes() == b"new content"


def test_versions_from_other_partitions_follow_their_completion(
    assembler: Assembling, output: Path
) -> None:
    add(assembler, chunks_of(b"one", "a.txt"), start=50, partition=0)
    add(assembler, chunks_of(b"two", "a.txt"), start=3, partition=1)
    assert (output / "a.txt").read_bytes() == b"two"


def test_positions_in_other_topics_are_not_compared(output: Path) -> None:
    assembler, other = assembling(output), assembling(output)
    assert isinstance(other.register, ReceivedLedger)
    other.register.topic_id = "another id"
    assembler.receive("topic", 0, 50, chunks_of(b"one", "a.txt")[0])
    other.receive("topic", 0, 3, chunks_of(b"two", "a.txt")[0])
    assert (output / "a.txt").read_bytes() == b"two"


def test_a_file_that_shrinks_is_replaced_as_a_whole(assembler: Assembling, output: Path) -> None:
    add(assembler, chunks_of(b"a long content", "a.txt"))
    add(assembler, chunks_of(b"short", "a.txt", mtime=LATER), start=10)
    assert (output / "a.txt").read_bytes() == b"short"


def test_links_out_of_the_directory_are_refused(
    assembler: Assembling, output: Path, tmp_path: Path
) -> None:
    (output / "link").symlink_to(tmp_path)
    (output / "file").symlink_to(tmp_path / "evil.txt")
    for path in ("link/evil.txt", "file"):
        with pytest.raises(UnsafePath, match="leads out of"):
            add(assembler, chunks_of(HELLO, path))
    assert not (tmp_path / "evil.txt").exists()
    assert tree(output) == ["file", "link"]


def test_a_link_to_itself_is_refused(assembler: Assembling, output: Path) -> None:
    (output / "loop").symlink_to("loop")
    with pytest.raises(UnsafePath, match="loop is a file"):
        add(assembler, chunks_of(HELLO, "loop/a.txt"))


def test_files_and_directories_of_one_name_do_not_mix(assembler: Assembling, output: Path) -> None:
    add(assembler, chunks_of(b"1", "a/b"))
    with pytest.raises(UnsafePath, match="a is a directory"):
        add(assembler, chunks_of(b"2", "a"), start=1)
    with pytest.raises(UnsafePath, match="b is a file"):
        add(assembler, chunks_of(b"3", "a/b/c/d"), start=2)
    assert tree(output) == ["a", "a/b"]


def test_a_directory_that_takes_the_name_of_an_unfinished_file_wins(
    assembler: Assembling, output: Path
) -> None:
    first, last = chunks_of(HELLO, "a")
    add(assembler, [first, *chunks_of(b"1", "a/b")])
    with pytest.raises(UnsafePath, match="a is a directory"):
        add(assembler, [last], start=3)
    assert assembler.unfinished == []
    assert tree(output) == ["a", "a/b"]


def test_a_removed_part_is_told_and_the_file_can_come_again(
    assembler: Assembling, output: Path
) -> None:
    first, last = chunks_of(HELLO, "a.txt")
    add(assembler, [first])
    [part] = parts(output)
    part.unlink()
    with pytest.raises(FileChanged, match="was removed; send the file again"):
        add(assembler, [last], start=1)
    assert assembler.unfinished == []
    assert add(assembler, [first, last], start=2) is not None


def test_an_output_directory_that_is_gone_is_not_made_anew(
    assembler: Assembling, output: Path
) -> None:
    first, last = chunks_of(HELLO, "sub/a.txt")
    add(assembler, [first])
    away = output.rename(output.with_name("away"))
    for chunks in ([last], chunks_of(b"1", "sub/b.txt"), chunks_of(b"1", "c.txt")):
        with pytest.raises(NotStored, match="No such file"):
            add(assembler, chunks, start=5)
    assert not output.exists()
    away.rename(output)
    assert add(assembler, [last], start=5) is not None
    assert tree(output) == ["c.txt", "sub", "sub/a.txt", "sub/b.txt"]


def test_an_output_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotStored, match="file"):
        DiskSink(tmp_path / "file")


def test_a_failed_sync_can_be_tried_again_with_the_same_chunk(
    assembler: Assembling, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = chunks_of(HELLO, "a.txt")
    add(assembler, [first])

    def refuse(descriptor: int) -> None:
        raise OSError(errno.EIO, f"Input/output error on {descriptor}")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(NotStored, match="Input/output error"):
            add(assembler, [last], start=1)
    assert not (output / "a.txt").exists()
    assert assembler.finishing == 1
    [completion] = assembler.finish(wait=True).completions
    assert completion.file is not None
    assert completion.file.text() == "Hello, world"


def test_a_full_disk_is_told_and_the_file_goes_on_when_there_is_space(small_disk: Path) -> None:
    output = small_disk / "output"
    ballast = small_disk / "ballast"
    assembler = Assembling(DiskSink(output))
    chunks = chunks_of(bytes(40_000), "a.dat", chunk_size=10_000)
    ballast.write_bytes(bytes(45_000))
    add(assembler, chunks[:1])
    with pytest.raises(NotStored, match=r"No space left on device\. Make space"):
        add(assembler, chunks[1:], start=1)
    assert not (output / "a.dat").exists()
    ballast.unlink()
    file = add(assembler, chunks, start=0)
    assert file is not None
    assert file.data == bytes(40_000)
    assert tree(output) == ["a.dat"]


def test_a_file_that_meets_a_full_disk_at_its_first_chunk_leaves_nothing(small_disk: Path) -> None:
    output = small_disk
    assembler = Assembling(DiskSink(output))
    (small_disk / "ballast").write_bytes(bytes(57_000))
    with pytest.raises(NotStored, match="No space left"):
        add(assembler, chunks_of(bytes(20_000), "sub/a.dat", chunk_size=10_000))
    assert assembler.unfinished == []
    assert tree(output) == ["ballast"]
    assert parts(output) == []


LIMITED = """
import resource, sys
from pathlib import Path
from jupyter_stream.errors import FileTooLarge
from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.testing.chunks import chunks_of
from tests.files.receiving.assembling import Assembling

resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, 15_000))
with Assembling(DiskSink(Path(sys.argv[1]))) as assembler:
    for offset, chunk in enumerate(chunks_of(bytes(30_000), "a.dat", chunk_size=10_000)):
        try:
            assembler.receive("topic", 0, offset, chunk)
        except FileTooLarge as error:
            print(error)
    print(len(assembler.unfinished), "unfinished")
"""


def test_a_small_file_waits_for_space(small_disk: Path) -> None:
    assembler = Assembling(DiskSink(small_disk))
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(57_000))
    with pytest.raises(NotStored, match="No space left"):
        add(assembler, chunks_of(bytes(10_000), "a.dat", chunk_size=10_000))
    assert assembler.finish(wait=True).trouble is not None
    ballast.unlink()
    [completion] = assembler.finish(wait=True).completions
    assert completion.file is not None
    assert completion.file.data == bytes(10_000)


def test_a_small_file_survives_the_loss_of_the_parts_folder(
    assembler: Assembling, output: Path
) -> None:
    shutil.rmtree(output / STATE_FOLDER / "parts")
    assert add(assembler, chunks_of(b"1", "a.txt")) is not None


def test_a_file_that_the_file_system_cannot_hold_is_refused_and_holds_nothing_up(
    output: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(output)], check=True, capture_output=True, text=True
    )
    assert done.stdout.count("File too large") == 2
    assert done.stdout.endswith("0 unfinished\n")
    assert tree(output) == []


def test_a_file_in_the_place_of_the_directory_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sent.csv"
    path.touch()
    with pytest.raises(NotStored, match="cannot be used as a directory"):
        DiskSink(path)
