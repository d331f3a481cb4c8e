"""A simulated instrument: files of real spectra, measured again with the noise of counting.

`jupyter stream instrument` runs it. Every acquisition is a row of files, each with all that was
counted so far, so that the spectrum grows from file to file as it does on a real detector.
"""

from __future__ import annotations

import re
import time
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from acquisition import average_scans, count_fluorescence
from spectra import parse_dat, parse_mca, parse_spe
from spectrum_writers import format_dat, format_mca, format_spe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Measure = Callable[[str, str, int, np.random.Generator], Iterator[str]]

Item = TypeVar("Item")

DATA = Path(__file__).parent / "data"
_FILE_NAME = re.compile(r"[a-z]+_(\d{4,})_\d{4,}\.[a-z]+")


def replay(
    folder: Path, samples: Sequence[str], *, rate: float, steps: int, seed: int | None = None
) -> Iterator[Path]:
    """Write files into a folder, one acquisition after the other, without end.

    A file appears under its name when it is complete, never before. Acquisitions are numbered
    on from those that are in the folder, so nothing is overwritten.

    Parameters
    ----------
    folder
        Where to write; made if it is not there.
    samples
        Names of samples (keys of `SAMPLES`), measured in turn.
    rate
        Files per second.
    steps
        Files per acquisition.
    seed
        Makes the noise the same in every run; None for another noise each time.

    Yields
    ------
    Path
        Each file, just after it was written.

    Raises
    ------
    OSError
        The folder can't be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = measure(samples, next_acquisition(folder), steps, np.random.default_rng(seed))
    for name, content in paced(files, rate):
        yield write_file(folder / name, content)


def measure(
    samples: Sequence[str], first: int, steps: int, random: np.random.Generator
) -> Iterator[tuple[str, str]]:
    """Measure samples in turn, without end; give the name and the content of each file.

    Parameters
    ----------
    samples
        Names of samples.
    first
        Number of the first acquisition.
    steps
        Files per acquisition.
    random
        Source of the noise.
    """
    for acquisition, sample in zip(count(first), cycle(samples), strict=False):
        source, measure_sample = SAMPLES[sample]
        text = (DATA / source).read_text(encoding="utf-8")
        for step, content in enumerate(measure_sample(text, source, steps, random), 1):
            yield f"{sample}_{acquisition:04d}_{step:04d}{Path(source).suffix}", content


def paced(items: Iterable[Item], rate: float) -> Iterator[Item]:
    """Give items at a rate, in items per second.

    Each is due at its time after the first, so delays do not add up.
    """
    start = time.monotonic()
    for index, item in enumerate(items):
        time.sleep(max(0.0, start + index / rate - time.monotonic()))
        yield item


def write_file(path: Path, content: str) -> Path:
    """Write a file so that it appears complete or not at all; return its path."""
    partial = path.with_name(f"{path.name}.tmp")
    try:
        partial.write_text(content, encoding="utf-8")
        return partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def next_acquisition(folder: Path) -> int:
    """Return the number after the highest acquisition in a folder."""
    names = (_FILE_NAME.fullmatch(path.name) for path in folder.iterdir())
    return max((int(name[1]) for name in names if name), default=0) + 1


def _measure_spe(text: str, source: str, steps: int, random: np.random.Generator) -> Iterator[str]:
    _, spectrum = parse_spe(text, source)
    for counts in count_fluorescence(spectrum, steps, random):
        yield format_spe(counts, _comment(source))


def _measure_mca(text: str, source: str, steps: int, random: np.random.Generator) -> Iterator[str]:
    for counts in count_fluorescence(parse_mca(text, source), steps, random):
        yield format_mca(counts, _comment(source))


def _measure_dat(text: str, source: str, steps: int, random: np.random.Generator) -> Iterator[str]:
    energy, expected = parse_dat(text, source)
    for absorption in average_scans(expected, steps, random):
        yield format_dat(energy, absorption, _comment(source))


def _comment(source: str) -> str:
    return f"simulated from {source}"


# The measured spectrum behind each sample, and how it is measured again.
SAMPLES: dict[str, tuple[str, Measure]] = {
    "steel": ("Steel.spe", _measure_spe),
    "standard": ("XRFSpectrum.mca", _measure_mca),
    "copper": ("EXAFS_Cu.dat", _measure_dat),
    "germanium": ("EXAFS_Ge.dat", _measure_dat),
}
