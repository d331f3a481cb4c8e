"""What is wanted of the sidebar, and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


class Finding(NamedTuple):
    """One line of the table.

    Attributes
    ----------
    what
        What was done.
    wanted
        What was hoped for.
    measured
        What was found.
    is_met
        Whether that is as good.
    """

    what: str
    wanted: str
    measured: str
    is_met: bool


def spread(seconds: Sequence[float]) -> str:
    """Write the median, the 95th percentile and the longest of some times."""
    low, high = np.percentile(seconds, (50, 95))
    return f"{low * 1000:.0f} / {high * 1000:.0f} / {max(seconds) * 1000:.0f} ms"


def slowest(what: str, seconds: Sequence[float], wanted: float) -> Finding:
    """Judge some times by the longest of them.

    Parameters
    ----------
    what
        What was done.
    seconds
        How long it took each time; the first is told apart, as nothing was known then.
    wanted
        How many seconds it may take.
    """
    first, *later = (f"{time:.2f}" for time in seconds)
    measured = f"{first} s, then {', '.join(later)}" if later else f"{first} s"
    return Finding(what, f"{wanted:g} s", measured, max(seconds) <= wanted)
