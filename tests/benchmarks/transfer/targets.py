"""What is to be reached, and whether it is."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.transfer.case import Direction, Side
from tests.benchmarks.transfer.figures import MEGABYTE, Figures, found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.transfer.many import Pace

# What the last of very many files may cost, measured by the first.
FLAT = 1.25
# Tenths whose median counts: the very first one holds the start, and any one may meet a hiccup.
_TENTHS = 3
MANY_FILES_TARGET = f"cost of a file, last {_TENTHS} tenths against first: at most {FLAT}"


class Verdict(NamedTuple):
    """A target, and what was reached.

    Attributes
    ----------
    what, target, reached
        In words.
    met
        Whether it is reached.
    """

    what: str
    target: str
    reached: str
    met: bool


class _Ratio(NamedTuple):
    case: str
    direction: Direction
    peer: Side
    least: float


_UP, _DISK, _MEMORY = Direction.UPLOAD, Direction.DISK, Direction.MEMORY
_RATIOS = (
    *(
        _Ratio(case, direction, peer, least)
        for case in ("large", "medium")
        for direction in Direction
        for peer, least in ((Side.HASHING, 0.9), (Side.BARE, 0.5))
    ),
    *(
        _Ratio(case, direction, Side.THEIRS, 3.0)
        for case in ("large", "medium")
        for direction in (_UP, _DISK)
    ),
    _Ratio("small", _UP, Side.THEIRS, 50.0),
    _Ratio("small", _DISK, Side.THEIRS, 2.0),
    _Ratio("large", _MEMORY, Side.THEIRS, 20.0),
)


def verdicts(all_figures: Sequence[Figures]) -> Iterator[Verdict]:
    """Compare what was measured with what is to be reached."""
    for ratio in _RATIOS:
        ours = found(all_figures, ratio.case, ratio.direction, Side.OURS)
        peer = found(all_figures, ratio.case, ratio.direction, ratio.peer)
        if ours is not None and peer is not None:
            yield _compared(ratio, ours, peer)
    for direction in Direction:
        ours = found(all_figures, "large", direction, Side.OURS)
        if ours is not None:
            yield _memory(ours)


def flatness(pace: Pace, files: int) -> Verdict:
    """Compare what the last of very many files cost with the first."""
    costs = pace.costs(files)
    ratio = median(costs[-_TENTHS:]) / median(costs[:_TENTHS])
    what = f"{pace.what}, {files} tiny files"
    return Verdict(what, MANY_FILES_TARGET, f"{ratio:.2f}", ratio <= FLAT)


def _compared(ratio: _Ratio, ours: Figures, peer: Figures) -> Verdict:
    # Files count where files are small: then it is not the bytes that take the time.
    small = ratio.case == "small"
    reached = ours.files_rate / peer.files_rate if small else ours.rate / peer.rate
    return Verdict(
        f"{ratio.direction}, {ours.case}",
        f"at least {ratio.least:g} of the {ratio.peer}"
        if ratio.least < 1
        else f"at least {ratio.least:g} times {ratio.peer}",
        f"{reached:.2f}",
        reached >= ratio.least,
    )


def _memory(ours: Figures) -> Verdict:
    allowed = 250 * MEGABYTE
    if ours.direction is _MEMORY:
        allowed = ours.case.size + 200 * MEGABYTE
    return Verdict(
        f"{ours.direction}, {ours.case}",
        f"resident memory at most {allowed // MEGABYTE} MB",
        f"{ours.memory / MEGABYTE:.0f} MB",
        ours.memory <= allowed,
    )
