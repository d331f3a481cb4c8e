"""Rates over a sliding window."""

from collections import deque

# Over less than this, a burst at the very start would look like an enormous rate.
SHORTEST_SECONDS = 1.0


class Rate:
    """How fast a running total grows, over the last seconds.

    Parameters
    ----------
    window
        Length of the sliding window in seconds.
    """

    def __init__(self, window: float = 5.0) -> None:
        self._window = window
        self._samples: deque[tuple[float, int]] = deque()

    def update(self, now: float, total: int) -> float:
        """Take a total at a time, and return the rate per second.

        Parameters
        ----------
        now
            A monotonic time in seconds.
        total
            The total at that time.
        """
        samples = self._samples
        samples.append((now, total))
        while len(samples) > 1 and samples[1][0] <= now - self._window:
            samples.popleft()
        start, first = samples[0]
        return (total - first) / max(now - start, SHORTEST_SECONDS)
