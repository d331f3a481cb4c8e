"""Spectra for tests, on disk and on a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import jupyter_stream as js

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = 30.0


def write_spectra(directory: Path, count: int, first: int = 0, channels: int = 256) -> list[Path]:
    """Write spectra as .npy files whose channel 0 holds their number; none is seen half-written."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = [directory / f"spectrum_{number:04}.npy" for number in range(first, first + count)]
    for number, path in enumerate(paths, first):
        counts = np.random.default_rng(number).poisson(50, channels - 1)
        partial = path.with_suffix(".tmp")
        with partial.open("wb") as file:
            np.save(file, np.r_[float(number), counts])
        partial.replace(path)
    return paths


def upload_spectra(
    cluster: js.Cluster, topic: str, directory: Path, count: int, first: int = 0
) -> list[Path]:
    """Write spectra and upload them; return when the broker has them all."""
    batch = directory / f"from_{first}"
    paths = write_spectra(batch, count, first)
    with js.upload(batch, topic, cluster=cluster) as job:
        assert job.wait(DEADLINE)
    job.raise_if_failed()
    return paths
