"""References that spectra are compared with: a few places, each for one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_stream.plots.settings import Rule, count
from jupyter_stream.plots.short_text import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jupyter_stream.plots.traces import Trace

SLOTS = 4


class References(NamedTuple):
    """The lines that are kept, each in its slot.

    Attributes
    ----------
    lines
        The line of each slot; None for an empty one.
    """

    lines: tuple[Trace | None, ...] = (None,) * SLOTS

    def at(self, slot: int) -> Trace | None:
        """Return the line of a slot; None if it is empty.

        Parameters
        ----------
        slot
            Its number, from 1 on.
        """
        return self.lines[slot - 1]

    def put(self, slot: int, line: Trace | None) -> References:
        """Return references with another line in a slot.

        Parameters
        ----------
        slot
            Its number, from 1 on.
        line
            The line; None to leave the slot empty.
        """
        lines = list(self.lines)
        lines[slot - 1] = line and line._replace(role="reference", name=short(line.name), slot=slot)
        return References(tuple(lines))

    def renamed(self, slot: int, name: str) -> References:
        """Return references of which one has another name.

        Parameters
        ----------
        slot
            Its number, from 1 on; an empty one stays empty.
        name
            The new name.
        """
        line = self.at(slot)
        return self.put(slot, line and line._replace(name=name))

    def names(self) -> tuple[str | None, ...]:
        """Return the name of each line; None for an empty slot."""
        return tuple(line and line.name for line in self.lines)

    def shown(self, hidden: Iterable[int]) -> list[Trace]:
        """Return the lines that are to be drawn.

        Parameters
        ----------
        hidden
            The slots whose lines are not.
        """
        return [line for line in self.lines if line is not None and line.slot not in hidden]


def slot_number() -> Rule:
    """Return the rule of a slot's number."""
    return count(1, SLOTS)


def slot_numbers() -> Rule:
    """Return the rule of some slots."""
    one = slot_number()

    def accept(value: Any) -> tuple[int, ...]:
        return tuple(sorted({one.accept(part) for part in value}))

    return Rule(f"numbers of slots, from 1 to {SLOTS}", accept)
