"""Ours with very many tiny files: when the first so many were done, and the next, and so on."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jupyter_stream as js
from tests.benchmarks.transfer.sides.gate import await_start, tell_end

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

_LOOK_SECONDS = 0.02


def main() -> None:
    """Upload or download, as the command line says."""
    what, bootstrap, topic, folder, state, step = sys.argv[1:]
    cluster, upload, download = js.connect(bootstrap), js.upload, js.download
    start = await_start()
    if what == "upload":
        job: Job = upload(folder, topic, state=state, cluster=cluster)
    else:
        job = download(topic, to=Path(folder), until_end=True, cluster=cluster)
    with job:
        marks = _marks(job, start, int(step))
        tell_end(start, marks=marks, files=job.stats.files, known=job.stats.duplicates)
        job.raise_if_failed()


def _marks(job: Job, start: float, step: int) -> list[float]:
    """Return the seconds after which each further so many files were complete."""
    marks: list[float] = []
    ended = False
    while not ended:
        ended = job.wait(_LOOK_SECONDS)
        while job.stats.files >= step * (len(marks) + 1):
            marks.append(time.monotonic() - start)
    return marks


if __name__ == "__main__":
    main()
