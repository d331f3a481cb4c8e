"""What tests of uploads share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jupyter_stream as js
from jupyter_stream.formats.chunk import unpack_chunk
from tests.spectra import DEADLINE

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from jupyter_stream.formats.chunk import Chunk


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder; none is seen empty or half-written, unless it was there."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.write_bytes(content)
            continue
        partial = path.with_name("written.part")
        partial.write_bytes(content)
        partial.replace(path)


def upload_once(folder: Path, topic: str, cluster: js.Cluster, **options: Any) -> js.Upload:
    """Upload a folder, and return the job when it has ended."""
    with js.upload(folder, topic, cluster=cluster, **options) as job:
        assert job.wait(DEADLINE)
    return job


def chunks_on(cluster: js.Cluster, topic: str) -> list[Chunk]:
    """Return all chunks that a topic holds."""
    reader = cluster.reader(topic, "earliest")
    records = []
    while not reader.at_end:
        records += reader.read(0.1)
    reader.close()
    return [unpack_chunk(record.value) for record in records]


def paths_on(cluster: js.Cluster, topic: str) -> list[str]:
    """Return the path of each first chunk on a topic, in order of name."""
    return sorted(chunk.path for chunk in chunks_on(cluster, topic) if chunk.index == 1)


def problem(job: js.Upload, title: str) -> js.Problem:
    """Return the problem with a title."""
    return next(problem for problem in job.problems if problem.title.startswith(title))
