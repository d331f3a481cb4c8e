"""How far a start has come, told to whoever asked for it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a start.

    Parameters
    ----------
    step
        What is being done, as a person reads it.
    done
        How many units are done.
    total
        How many there are; None where nobody can know.
    unit
        What is counted: "bytes", "jars", or "" for a step without a count.
    """

    step: str
    done: int = 0
    total: int | None = None
    unit: str = ""


OnProgress = Callable[[Progress], None]


def untold(progress: Progress) -> None:
    """Tell nobody."""
