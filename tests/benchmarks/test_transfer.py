"""The transfer benchmark runs, and what it prints is there and right; speed is not asserted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import pytest

from tests.benchmarks.document import END, begin, put_into
from tests.benchmarks.transfer.__main__ import PROGRAM
from tests.benchmarks.transfer.bench import Measured
from tests.benchmarks.transfer.case import (
    QUICK_PLAN,
    Case,
    Direction,
    Side,
    Transfer,
)
from tests.benchmarks.transfer.figures import figures
from tests.benchmarks.transfer.many import Pace
from tests.benchmarks.transfer.side_process import Run, SideFailed, side_process
from tests.benchmarks.transfer.source import Source, WrongData
from tests.benchmarks.transfer.targets import flatness, verdicts

ROOT = Path(__file__).parents[2]
CASE = Case("large", 1, 1_000_000_000)


@pytest.mark.timeout(900)  # the first use may have to install OpenMSIStream
def test_a_quick_run_measures_every_side_and_writes_the_report(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"before\n\n{begin(PROGRAM)}\nold\n{END}\n\nafter\n")
    command = ("-m", "tests.benchmarks.transfer", "--quick", "--folder", str(tmp_path))
    subprocess.run([sys.executable, *command, "--markdown", str(document)], cwd=ROOT, check=True)
    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    for transfer in QUICK_PLAN:
        table = text.partition(f"{str(transfer.direction).capitalize()}, {transfer.case}\n")[2]
        for side in transfer.sides:
            rate = re.search(rf"^\| {side}[^|]*\| ([0-9.e+]+) \|", table, re.MULTILINE)
            assert rate, f"{side} in {transfer}"
            assert float(rate[1]) > 0
    assert len(re.findall(r"^\| \d+ \| \d+ \| \d+ \|$", text, re.MULTILINE)) == 10
    assert not list(tmp_path.glob("transfer-*")), "files are left"


def test_a_document_without_a_place_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "other.md"
    document.write_text("nothing here")
    with pytest.raises(ValueError, match="no place"):
        put_into(document, PROGRAM, "report")


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_wrong_data_end_the_benchmark(tmp_path: Path, damage: str) -> None:
    source = Source(tmp_path / "source", Case("small", 3, 100))
    name = next(iter(source.sha512))
    if damage == "missing":
        (source.folder / name).unlink()
    else:
        (source.folder / name).write_bytes(bytes(100))
    with pytest.raises(WrongData, match=f"1 files missing or wrong, such as {name}"):
        source.check_folder(source.folder)


def test_a_side_that_fails_ends_the_benchmark() -> None:
    with (
        side_process("loops", ["no such loop"], os.getpid()) as (process, spawned),
        pytest.raises(SideFailed, match=r"sides\.loops.* ended with 1"),
    ):
        process.run(spawned)


def run(seconds: float, memory: int = 10**8) -> Run:
    return Run(seconds, startup=0.1, memory=memory, processor=1.0, broker=1.0)


def measured(side: Side, *runs: Run) -> Measured:
    transfer = Transfer(CASE, Direction.UPLOAD, CASE, (side,))
    return Measured(transfer, side, CASE, list(runs))


def test_medians_and_spreads() -> None:
    found = figures(measured(Side.OURS, run(4.0), run(2.0, 10**9), run(5.0)))
    assert found.seconds == 4.0
    assert found.rate == 250e6
    assert found.rates == (200e6, 500e6)
    assert found.memory == 10**9


def test_targets_are_judged_by_ratio_and_by_memory() -> None:
    rows = (
        measured(Side.OURS, run(4.0, 300 * 10**6)),
        measured(Side.BARE, run(3.0)),
        measured(Side.HASHING, run(3.0)),
        measured(Side.THEIRS, run(12.1)),
    )
    judged = {verdict.target: verdict.met for verdict in verdicts([*map(figures, rows)])}
    assert judged == {
        "at least 0.9 of the hashing loop": False,
        "at least 0.5 of the bare loop": True,
        "at least 3 times OpenMSIStream": True,
        "resident memory at most 250 MB": False,
    }


@pytest.mark.parametrize(("last", "met"), [(1.1, True), (1.4, False)])
def test_the_last_files_are_compared_with_the_first(last: float, met: bool) -> None:
    # The first tenth took long to begin.
    costs = [5.0, *[1.0] * 6, *[last] * 3]
    marks = list(accumulate(costs))
    pace = Pace("upload", marks, marks[-1], 10**8)
    assert flatness(pace, 1_000).met is met
