"""Why Kafka ended, read from what it has left behind."""

import re
from collections.abc import Sequence
from pathlib import Path

from jupyter_stream.errors import BrokerStartFailed, DiskFull, LocalBrokerError, PortTaken
from jupyter_stream.kafka.local_broker.disk_space import NO_SPACE, is_full

_SHOWN_LINES = 8
_MATTERS = re.compile(r" (?:ERROR|FATAL) |Caused by: |^\S*(?:Exception|Error)\b")


def explain_failure(lines: Sequence[str], directory: Path, address: str) -> LocalBrokerError:
    """Return the error that says why a start failed.

    Parameters
    ----------
    lines
        What Kafka logged and printed since it was started.
    directory
        The broker's folder.
    address
        Where it was to listen.
    """
    # On a full disk the line that says so may be the one that Kafka could not write.
    if any(NO_SPACE in line for line in lines) or is_full(directory):
        return DiskFull(
            f"Kafka could not start: the disk of {directory} is full. Make room, or keep its data "
            "on another disk."
        )
    if any("Address already in use" in line for line in lines):
        return PortTaken(
            f"Kafka could not listen at {address}: another program has just taken that port. "
            "Start again, and another one is chosen."
        )
    shown = "\n".join(f"  {line.rstrip()}" for line in _telling(lines))
    return BrokerStartFailed(
        f"Kafka did not become ready. Its last words:\n{shown}\n"
        f"The whole log is in {directory}. If its data are damaged and not needed any more, delete "
        f"the folder {directory / 'data'} and start again."
    )


def _telling(lines: Sequence[str]) -> Sequence[str]:
    """Return the last lines that name an error, or else just the last lines."""
    telling = [line for line in lines if _MATTERS.search(line)]
    return (telling or list(lines))[-_SHOWN_LINES:]
