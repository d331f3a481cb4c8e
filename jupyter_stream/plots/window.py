"""What is known of the last spectra of many, from blocks that are reckoned once."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from jupyter_stream.plots.totals import Totals, merged, totals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.plots.item_ring import Item
    from jupyter_stream.plots.spectrum import Spectrum

BLOCK = 32


def within_span(
    items: Sequence[Item[Spectrum]], count: int | None, seconds: float | None
) -> Sequence[Item[Spectrum]]:
    """Return the newest of some spectra.

    Parameters
    ----------
    items
        Spectra, oldest first.
    count
        How many at most; None for all.
    seconds
        How much older than the newest at most; None for all.
    """
    last = items[-count:] if count else items
    if seconds is None or not last:
        return last
    earliest = last[-1].mark.time - seconds
    start = len(last)
    while start and last[start - 1].mark.time >= earliest:
        start -= 1
    return last[start:]


class Window:
    """Knows the totals of blocks of spectra, so that a window of many moves on quickly."""

    def __init__(self) -> None:
        self._whole: dict[int, Totals] = {}

    def totals(self, items: Sequence[Item[Spectrum]]) -> Totals:
        """Return what is known of spectra.

        Parameters
        ----------
        items
            Spectra of one axis, without a gap between their serials, at least one.
        """
        first, end = items[0].serial, items[-1].serial + 1
        blocks = []
        whole = {}
        for number in range(first // BLOCK, (end - 1) // BLOCK + 1):
            start, stop = max(first, number * BLOCK), min(end, (number + 1) * BLOCK)
            block = self._whole.get(number) if stop - start == BLOCK else None
            if block is None:
                block = _totals(items[start - first : stop - first])
            if stop - start == BLOCK:
                whole[number] = block
            blocks.append(block)
        self._whole = whole
        return reduce(merged, blocks)


def _totals(items: Sequence[Item[Spectrum]]) -> Totals:
    return totals_of(np.array([item.value.y for item in items]))
