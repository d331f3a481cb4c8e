"""Ours, through the public API."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import jupyter_stream as js
from tests.benchmarks.transfer.sides.gate import await_start, tell_end


def main() -> None:
    """Upload or download, as the command line says."""
    what, bootstrap, topic, *rest = sys.argv[1:]
    if what == "upload":
        _upload(bootstrap, topic, *rest)
    elif what == "disk":
        _disk(bootstrap, topic, *rest)
    else:
        _memory(bootstrap, topic)


def _upload(bootstrap: str, topic: str, folder: str, state: str) -> None:
    cluster, upload = js.connect(bootstrap), js.upload
    start = await_start()
    with upload(folder, topic, state=state, cluster=cluster) as job:
        job.wait()
        tell_end(start)
        job.raise_if_failed()


def _disk(bootstrap: str, topic: str, folder: str) -> None:
    cluster, download = js.connect(bootstrap), js.download
    start = await_start()
    with download(topic, to=Path(folder), until_end=True, cluster=cluster) as job:
        job.wait()
        tell_end(start)
        job.raise_if_failed()


def _memory(bootstrap: str, topic: str) -> None:
    """Keep all files, so that the very bytes that were delivered can be compared afterwards."""
    cluster, receive = js.connect(bootstrap), js.receive
    start = await_start()
    with receive(topic, until_end=True, cluster=cluster) as stream:
        files = list(stream)
    tell_end(start)
    # Asked for when time and memory have been taken.
    tell_end(start, sha512={file.path: hashlib.sha512(file.data).hexdigest() for file in files})


if __name__ == "__main__":
    main()
