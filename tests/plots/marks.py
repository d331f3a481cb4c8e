"""Marks for results of tests."""

from __future__ import annotations

from jupyter_stream.plots.plot_model import Mark


def mark(
    number: int = 0,
    *,
    label: str | None = None,
    time: float | None = None,
    topic: str = "topic",
) -> Mark:
    """Return where the result with a number comes from."""
    name = f"item {number}" if label is None else label
    return Mark(name, topic, number % 3, number, float(number) if time is None else time)
