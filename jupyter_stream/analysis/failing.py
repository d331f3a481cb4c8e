"""Noticing an analysis of which nothing comes but errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.analysis.harvest import Tally

# After a success, so many failures in a row are more than bad items among good ones.
MANY = 10


class Failing:
    """Looks now and then at what was counted.

    Parameters
    ----------
    tally
        What was counted when the analysis began.
    """

    def __init__(self, tally: Tally) -> None:
        self.begin_anew(tally)

    def begin_anew(self, tally: Tally) -> None:
        """Judge another analysis by what comes from now on.

        Parameters
        ----------
        tally
            What was counted until now.
        """
        self._before = tally
        self._has_succeeded = False

    def told(self, tally: Tally) -> str | None:
        """Return that the analysis fails; None as long as results come.

        Parameters
        ----------
        tally
            What was counted until now.
        """
        if tally.results != self._before.results:
            self._before = tally
            self._has_succeeded = True
        failed = tally.errors - self._before.errors
        if failed < (MANY if self._has_succeeded else 1):
            return None
        items = f"{failed} item{'' if failed == 1 else 's'}"
        which = f"the last {items}" if self._has_succeeded else f"{items} so far"
        return f"the analysis fails: no result of {which}; the problems tell why"
