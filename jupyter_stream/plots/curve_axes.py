"""Which curves share an axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 3
DECADES = 2.0
FOREIGN = 1000
LONGEST = 40


class Extent(NamedTuple):
    """What an axis has to know of a curve.

    Attributes
    ----------
    name
        Its name.
    unit
        Its unit; empty for none.
    largest
        The greatest absolute value that it had.
    """

    name: str
    unit: str
    largest: float


def shared_axes(extents: Sequence[Extent]) -> tuple[list[int], list[str]]:
    """Return the axis of each curve, and the labels of the axes, three at most.

    Curves of one unit whose values differ by less than two decades share an axis.

    Parameters
    ----------
    extents
        The curves in the order that they came.
    """
    axes: list[list[Extent]] = []
    chosen = []
    for one in extents:
        index = _fitting(one, axes)
        if index == len(axes):
            axes.append([])
        axes[index].append(one)
        chosen.append(index)
    return chosen, [_label(axis) for axis in axes]


def _fitting(one: Extent, axes: list[list[Extent]]) -> int:
    misfits = [_misfit(one, axis) for axis in axes]
    if misfits and min(misfits) < DECADES:
        return misfits.index(min(misfits))
    return len(axes) if len(axes) < MOST else misfits.index(min(misfits))


def _misfit(one: Extent, axis: list[Extent]) -> float:
    """Return by how many decades a curve is out of an axis; many for one of another unit."""
    foreign = 0 if axis[0].unit == one.unit else FOREIGN
    known = [math.log10(other.largest) for other in axis if other.largest]
    if not (one.largest and known):
        return foreign
    decade = math.log10(one.largest)
    return foreign + max(max(known) - decade, decade - min(known), 0)


def _label(axis: list[Extent]) -> str:
    unit = axis[0].unit
    names = ", ".join(one.name for one in axis)
    if len(names) > LONGEST:
        names = f"{names[:LONGEST]}…"
    same = unit and all(one.unit == unit for one in axis)
    return f"{names} ({unit})" if same else names
