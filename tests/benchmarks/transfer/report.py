"""The figures as Markdown, which a terminal shows well enough too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.document import table
from tests.benchmarks.transfer.case import Case, Direction, Side
from tests.benchmarks.transfer.figures import MEGABYTE, Figures, found
from tests.benchmarks.transfer.many import STEPS, Pace
from tests.benchmarks.transfer.targets import Verdict, flatness, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.transfer.machine import Machine

_HEAD = (
    "side",
    "MB/s",
    "slowest to fastest",
    "files/s",
    "ours is so many times it",
    "peak MB",
    "its CPU s",
    "broker's CPU s",
    "cores busy",
    "start-up s",
)


def report(
    machine: Machine,
    versions: str,
    all_figures: Sequence[Figures],
    paces: Sequence[Pace],
    files: int,
    repetitions: int,
    *,
    judge: bool,
) -> str:
    """Write everything that was measured.

    Parameters
    ----------
    machine
        Where it was measured.
    versions
        What was measured.
    all_figures
        Each side in each transfer.
    paces
        The runs with very many tiny files; may be empty.
    files
        How many tiny files.
    repetitions
        How often each side ran.
    judge
        Whether the sizes are those that the targets are about.
    """
    judged = [*verdicts(all_figures), *(flatness(pace, files) for pace in paces if pace.marks)]
    targets = _targets(judged) if judge else "Such small sizes say nothing about the targets."
    parts = [
        _machine(machine, versions, repetitions),
        f"### Targets\n\n{targets}",
        *_transfers(all_figures),
    ]
    if paces:
        parts.append(_many(paces, files))
    return "\n\n".join(parts)


def _machine(machine: Machine, versions: str, repetitions: int) -> str:
    disk = f"writes {_megabytes(machine.disk_write)} MB/s with the sync"
    facts = (
        f"Machine: {machine.processor}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB",
        f"System: {machine.kernel}, Python {machine.python}",
        f"One core hashes {_megabytes(machine.sha512)} MB/s (SHA-512)",
        f"Disk: {disk}, reads {_megabytes(machine.disk_read)} MB/s",
        f"Files of 10 KB made and renamed in a second: {machine.files_made:.0f}",
        versions,
        f"Repetitions: {repetitions}, all sides in turns; medians",
    )
    return "\n".join(f"- {fact}" for fact in facts)


def _targets(judged: Iterable[Verdict]) -> str:
    rows = [(one.what, one.target, one.reached, "yes" if one.met else "**no**") for one in judged]
    return table(("transfer", "target", "reached", "met"), rows)


def _transfers(all_figures: Sequence[Figures]) -> list[str]:
    transfers = dict.fromkeys((one.direction, one.case) for one in all_figures)
    return [_transfer(direction, case, all_figures) for direction, case in transfers]


def _transfer(direction: Direction, case: Case, all_figures: Sequence[Figures]) -> str:
    ours = found(all_figures, case.name, direction, Side.OURS)
    rows = [
        _row(one, ours) for one in all_figures if (one.direction, one.case) == (direction, case)
    ]
    title = f"### {str(direction).capitalize()}, {case}"
    return f"{title}\n\n{table(_HEAD, rows)}"


def _row(one: Figures, ours: Figures | None) -> tuple[str, ...]:
    slowest, fastest = (rate / MEGABYTE for rate in one.rates)
    less = "" if one.given == one.case else f" (given {one.given})"
    ratio = ours.rate / one.rate if ours is not None else 1.0
    return (
        f"{one.side}{less}",
        _number(one.rate / MEGABYTE),
        f"{_number(slowest)} to {_number(fastest)}",
        _number(one.files_rate),
        "" if one.side is Side.OURS else f"{ratio:.2f}",
        f"{one.memory / MEGABYTE:.0f}",
        f"{one.processor:.2f}",
        f"{one.broker:.2f}",
        f"{(one.processor + one.broker) / one.seconds:.1f}",
        f"{one.startup:.2f}",
    )


def _many(paces: Sequence[Pace], files: int) -> str:
    step = files // STEPS
    head = ("files", *(pace.what for pace in paces if pace.marks))
    columns = [pace.costs(files) for pace in paces if pace.marks]
    rows = [
        (f"{step * (row + 1)}", *(f"{column[row] * 1e6:.0f}" for column in columns))
        for row in range(STEPS)
    ]
    ends = "\n".join(
        f"- {pace.what}: {pace.seconds:.1f} s in all, at most {pace.memory / MEGABYTE:.0f} MB "
        "resident"
        for pace in paces
    )
    title = f"### {files} tiny files: microseconds for each, tenth by tenth"
    return f"{title}\n\n{table(head, rows)}\n\n{ends}"


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _megabytes(size: float) -> str:
    return f"{size / MEGABYTE:.0f}"
