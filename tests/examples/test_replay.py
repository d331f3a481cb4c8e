"""The simulated instrument: what it writes, when, and how it appears."""

from __future__ import annotations

import threading
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from instrument import DATA, SAMPLES, measure, next_acquisition, paced, replay, write_file
from spectra import read_spectrum

from tests.examples.conftest import ExampleFile

if TYPE_CHECKING:
    from pathlib import Path


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_it_writes_can_be_read(tmp_path: Path, sample: str) -> None:
    paths = list(islice(replay(tmp_path, [sample], rate=1e6, steps=3, seed=1), 3))
    source = SAMPLES[sample][0]
    real = read_spectrum(ExampleFile(source, (DATA / source).read_bytes()))

    spectra = [read_spectrum(ExampleFile(path.name, path.read_bytes())) for path in paths]

    assert all((spectrum.x == real.x).all() for spectrum in spectra), "the axis is unchanged"
    assert spectra[-1].x_unit == real.x_unit != ""
    assert np.corrcoef(spectra[-1].y, real.y)[0, 1] > 0.99


def test_files_are_named_by_acquisition_and_step(tmp_path: Path) -> None:
    names = [path.name for path in islice(replay(tmp_path, ["steel"], rate=1e6, steps=2), 3)]

    assert names == ["steel_0001_0001.spe", "steel_0001_0002.spe", "steel_0002_0001.spe"]


def test_samples_are_measured_in_turn(tmp_path: Path) -> None:
    names = [path.stem for path in islice(replay(tmp_path, [*SAMPLES], rate=1e6, steps=1), 5)]

    assert names == [
        "steel_0001_0001",
        "standard_0002_0001",
        "copper_0003_0001",
        "germanium_0004_0001",
        "steel_0005_0001",
    ]


def test_counts_grow_within_an_acquisition_and_begin_anew_with_the_next(tmp_path: Path) -> None:
    paths = islice(replay(tmp_path, ["steel"], rate=1e6, steps=3, seed=1), 6)
    counts = [read_spectrum(ExampleFile(path.name, path.read_bytes())).y for path in paths]

    for acquisition in (counts[:3], counts[3:]):
        assert all((after >= before).all() for before, after in pairwise(acquisition))
    assert counts[3].sum() < counts[2].sum() / 2
    assert (counts[0] != counts[3]).any(), "another acquisition, another noise"


def test_a_seed_makes_the_noise_the_same() -> None:
    first, again, other = (
        next(measure(["copper"], 1, 2, np.random.default_rng(seed))) for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other


def test_it_goes_on_after_the_acquisitions_that_are_there(tmp_path: Path) -> None:
    for _ in range(2):
        list(islice(replay(tmp_path, ["steel"], rate=1e6, steps=2), 1))

    assert [path.name for path in files(tmp_path)] == ["steel_0001_0001.spe", "steel_0002_0001.spe"]


def test_other_files_are_no_acquisitions(tmp_path: Path) -> None:
    for name in ("notes.txt", "steel_12.spe", "steel_0007_0001.spe.tmp", "copper_0003_0009.dat"):
        (tmp_path / name).touch()

    assert next_acquisition(tmp_path) == 4


def test_a_file_is_never_seen_incomplete(tmp_path: Path) -> None:
    target = tmp_path / "steel_0001_0001.spe"
    contents = ["x" * 1_000_000, "y" * 2_000_000]
    write_file(target, contents[0])
    writer = threading.Thread(
        target=lambda: [write_file(target, contents[n % 2]) for n in range(60)]
    )
    seen = set()
    writer.start()
    while writer.is_alive():
        seen.add(target.stat().st_size)
    writer.join()

    assert seen
    assert seen <= {1_000_000, 2_000_000}
    assert files(tmp_path) == [target]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.spe").mkdir()

    with pytest.raises(OSError, match=r"a\.spe"):
        write_file(tmp_path / "a.spe", "content")

    assert [path.name for path in files(tmp_path)] == ["a.spe"]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OSError, match="file"):
        next(replay(tmp_path / "file" / "below", ["steel"], rate=1, steps=1))


class Clock:
    """A clock that moves only when it is told to."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("work", "last"), [(0.3, 105), (0.5, 105), (0.7, 107)])
def test_delays_do_not_add_up(monkeypatch: pytest.MonkeyPatch, work: float, last: float) -> None:
    clock = Clock()
    monkeypatch.setattr("instrument.time", clock)
    times = []
    for _ in paced(range(11), rate=2):
        times.append(clock.now)
        clock.now += work

    assert times[0] == 100, "the first is due at once"
    assert times[-1] == pytest.approx(last), "ten periods of 0.5 s, or the work if it takes longer"
