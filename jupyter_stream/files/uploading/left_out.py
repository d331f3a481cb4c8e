"""Telling of files that are left out."""

import time
from collections.abc import Callable, Mapping


class LeftOut:
    """Tells of each file that is left out, once, and only when it has stayed so for a while.

    A partial file usually has its final name soon; that is nothing to tell of.

    Parameters
    ----------
    patience_seconds
        How long a file must have been left out.
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(
        self, patience_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._patience_seconds = patience_seconds
        self._clock = clock
        self._since: dict[tuple[str, str], float] = {}
        self._told: set[tuple[str, str]] = set()

    def update(self, skipped: Mapping[str, str]) -> list[tuple[str, str]]:
        """Take what a look left out, and give the files and reasons that are to be told now.

        Parameters
        ----------
        skipped
            The reasons by the paths of the files.
        """
        now = self._clock()
        self._since = {item: self._since.get(item, now) for item in skipped.items()}
        self._told &= self._since.keys()
        due = [
            item
            for item, since in self._since.items()
            if item not in self._told and now - since >= self._patience_seconds
        ]
        self._told.update(due)
        return due
