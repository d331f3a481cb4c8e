"""Which stretches of a partition to read, to get certain offsets of it."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, SupportsIndex

from jupyter_stream.errors import UsageMistake
from jupyter_stream.kafka.inspection.range_consumer import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable

# So many offsets that nobody wants are read sooner than the cluster is asked once more.
NEAR = 1000


def runs_of(offsets: Iterable[int], span: Stretch) -> list[Stretch]:
    """Return stretches that hold all of the offsets that there are, in order.

    Parameters
    ----------
    offsets
        What is wanted; a range is not gone through, so it may be a long one.
    span
        What the partition holds.

    Raises
    ------
    UsageMistake
        Something is no offset.
    """
    if isinstance(offsets, range) and abs(offsets.step) == 1:
        return _within([_of_range(offsets)], span)
    runs: list[Stretch] = []
    for offset in sorted(map(_checked, offsets)):
        if runs and offset < runs[-1].end + NEAR:
            runs[-1] = Stretch(runs[-1].start, offset + 1)
        else:
            runs.append(Stretch(offset, offset + 1))
    return _within(runs, span)


def _of_range(offsets: range) -> Stretch:
    if not offsets:
        return Stretch(0, 0)
    return Stretch(_checked(min(offsets[0], offsets[-1])), max(offsets[0], offsets[-1]) + 1)


def _within(runs: list[Stretch], span: Stretch) -> list[Stretch]:
    cut = (Stretch(max(run.start, span.start), min(run.end, span.end)) for run in runs)
    return [run for run in cut if run.start < run.end]


def _checked(offset: SupportsIndex) -> int:
    try:
        number = index(offset)
    except TypeError:
        number = -1
    if number < 0:
        raise UsageMistake(f"{offset!r} is no offset; offsets are whole numbers from 0 on")
    return number
