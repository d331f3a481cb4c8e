"""How a side's process and the benchmark talk: one line each way at a time."""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def await_start() -> float:
    """Say that everything is imported and connected, wait for the start, and return its time."""
    _say(ready=time.monotonic())
    return time.monotonic()


def tell_end(start: float, **facts: Any) -> None:
    """Say that everything is done, and wait until the process has been looked at."""
    _say(start=start, end=time.monotonic(), **facts)


def _say(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)
    sys.stdin.readline()
