"""The benchmark of live plots runs in a real page; what it finds is looked at, never its speed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.live.case import CASES, QUICK_CASES, Side
from tests.benchmarks.live.figures import latencies, paces
from tests.benchmarks.live.report import report, row_of_nothing

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(400)
def test_a_quick_run_sees_every_side_paint() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.live", "--quick"]
    run = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    for case in QUICK_CASES:
        for side in case.sides:
            row = re.search(
                rf"^\| {case.name} [^|]*\| {side} \| ([\d.]+) \| (\d+) / (\d+) \|",
                run.stdout,
                re.MULTILINE,
            )
            assert row, f"{case.name}, {side}: {run.stdout}"
            assert 0 < float(row[1]) <= 1.2 * case.rate
            assert 0 <= int(row[2]) <= int(row[3])


def test_rows_that_were_not_measured_anew_stay_in_their_order() -> None:
    first, second, third = (row_of_nothing(case, Side.RELAY, "once") for case in CASES[:3])
    former = report([third, first], [], "")
    again = report([second, (*third[:2], "twice", *third[3:])], [], former)
    told = [line for line in again.splitlines() if str(Side.RELAY) in line]
    assert told == [next(line for line in told if case.title in line) for case in CASES[:3]]
    assert "once" in told[0]
    assert "twice" in told[2]
    assert report([first], [], former.replace("cores", "kernels")) == report([first], [], "")


def test_the_slowest_plot_counts() -> None:
    assert paces([[(1, 0.1), (2, 0.2)], [(2, 0.2)]], 0.5) == 2.0


def test_delays_are_those_of_the_items_that_were_painted() -> None:
    paints = [[(7, 10.5), (9, 11.0)], [(9, 11.5)]]
    since = {7: 10.0, 8: 0.0, 9: 10.0}
    median, high = latencies(paints, since)
    assert median == 1.0
    assert 1.4 < high <= 1.5
