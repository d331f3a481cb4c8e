"""Which of a job's problems are to be told, and when."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import indent

from jupyter_stream.jobs.problems import Problem

AGAIN_SECONDS = 60.0


@dataclass(slots=True)
class _Told:
    count: int
    at: float


class ProblemNews:
    """Tells each kind of problem at once, and that it came again at most once a minute.

    Parameters
    ----------
    clock
        Seconds that only go forward; tests bring their own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, _Told] = {}

    def take(self, problems: tuple[Problem, ...], *, all_of_it: bool = False) -> Iterator[str]:
        """Return what is to be told now, the oldest first.

        Parameters
        ----------
        problems
            The job's problems, the newest first.
        all_of_it
            Whether to hold nothing back, because the job has ended.
        """
        now = self._clock()
        for problem in reversed(problems):
            told = self._told.get(problem.title)
            new = problem.count - (told.count if told else 0)
            if new < 0 or told is None:
                # One that was forgotten meanwhile counts from the start again.
                yield f"problem: {_text(problem)}"
            elif new and (all_of_it or now >= told.at + AGAIN_SECONDS):
                yield f"problem: {new:,} more of {problem.count:,}: {_text(problem)}"
            else:
                continue
            self._told[problem.title] = _Told(problem.count, now)


def _text(problem: Problem) -> str:
    if "\n" not in problem.detail:
        return f"{problem.title}: {problem.detail}"
    return f"{problem.title}\n{indent(problem.detail.rstrip(), '    ')}"
