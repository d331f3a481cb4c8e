"""Waiting in a cell that runs, without keeping the kernel from its other work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.jobs.bell import Bell


def wait_for(bell: Bell, holds: Callable[[], bool], timeout: float | None) -> bool:
    """Wait until a condition holds, and say whether it does.

    Where an event loop runs in this thread, as in a notebook's cell, it goes on meanwhile.

    Parameters
    ----------
    bell
        Rung when the condition should be looked at again.
    holds
        The condition.
    timeout
        Seconds to wait at most; None waits without limit.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return bell.wait_for(holds, timeout)
    # Only here, because it changes asyncio for good: a running loop can be run within itself.
    import nest_asyncio2  # noqa: PLC0415

    nest_asyncio2.apply(loop)
    task = loop.create_task(bell.heard(holds, timeout))
    try:
        answer: bool = loop.run_until_complete(task)
    finally:
        # An interrupt comes between the turns of the loop, not into the task.
        task.cancel()
    return answer
