"""What went wrong in a job, kept for the user to look at."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

KEPT = 20
DETAIL_LIMIT = 4_000
_LEFT_OUT = "\n[...]\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of trouble, with its newest occurrence.

    Parameters
    ----------
    title
        What was wrong, in one line.
    detail
        Where it happened (file, topic, partition, offset), and a traceback if there is one.
    count
        How often it happened.
    """

    title: str
    detail: str
    count: int = 1


class Problems:
    """The newest kinds of problems, each counted; bounded."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._problems: OrderedDict[str, Problem] = OrderedDict()

    def add(self, title: str, detail: str) -> None:
        """Count a problem, and keep its newest detail.

        Parameters
        ----------
        title
            One line that is the same for every problem of a kind.
        detail
            What is known of this occurrence; cut when it is very long.
        """
        with self._lock:
            known = self._problems.pop(title, None) or Problem(title, "", 0)
            self._problems[title] = replace(known, detail=_cut(detail), count=known.count + 1)
            if len(self._problems) > KEPT:
                self._problems.popitem(last=False)

    def newest_first(self) -> tuple[Problem, ...]:
        """Return the problems, the newest first."""
        with self._lock:
            return tuple(reversed(self._problems.values()))


def _cut(detail: str) -> str:
    """Leave the middle of a long text out: a traceback says most at its ends."""
    if len(detail) <= DETAIL_LIMIT:
        return detail
    half = (DETAIL_LIMIT - len(_LEFT_OUT)) // 2
    return detail[:half] + _LEFT_OUT + detail[-half:]
