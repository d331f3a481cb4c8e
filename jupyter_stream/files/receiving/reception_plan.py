"""What of a topic is to be received, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.path_filter import PathFilter
from jupyter_stream.kafka.start import OFFERED, Start, parse_start

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class ReceptionPlan:
    """What of a topic is to be received, and until when.

    Attributes
    ----------
    topic
        Name of the topic.
    start
        Where to start; None to go on where it stopped, at first at the beginning.
    group
        The consumer group that shares the topic; None to read all of it.
    chosen
        Which paths are wanted.
    until_end
        Whether to end where the topic ended at the start.
    unfinished_seconds
        After so long without a new chunk an unfinished file is given up.
    wait_for_topic
        Whether to wait for a topic that does not exist yet.
    """

    topic: str
    start: Start | None = "earliest"
    group: str | None = None
    chosen: PathFilter = PathFilter((), ())  # noqa: RUF009 - it never changes
    until_end: bool = False
    unfinished_seconds: float = 600.0
    wait_for_topic: bool = False


def plan_reception(
    topic: str,
    *,
    start: Start | str | None,
    group: str | None,
    include: str | Sequence[str],
    exclude: str | Sequence[str],
    until_end: bool,
    unfinished_seconds: float,
    wait_for_topic: bool,
) -> ReceptionPlan:
    """Check what a user wants.

    Parameters
    ----------
    topic, group, until_end, unfinished_seconds, wait_for_topic
        As in `ReceptionPlan`.
    start
        As in `ReceptionPlan`, or a text that `parse_start` reads.
    include, exclude
        As in `PathFilter`.

    Raises
    ------
    UsageMistake
        An argument has a value that is not offered.
    """
    if group == "":
        raise UsageMistake("group='' is no name of a group")
    if not unfinished_seconds > 0:
        raise UsageMistake(f"unfinished_seconds={unfinished_seconds!r} is no time to wait")
    return ReceptionPlan(
        topic=topic,
        start=checked_start(start),
        group=group,
        chosen=PathFilter(include, exclude),
        until_end=until_end,
        unfinished_seconds=unfinished_seconds,
        wait_for_topic=wait_for_topic,
    )


def checked_start(start: Start | str | None) -> Start | None:
    """Read a start that is a text, and refuse what is none.

    Parameters
    ----------
    start
        Where to start; None where that is settled elsewhere.

    Raises
    ------
    UsageMistake
        It is no place to start at.
    """
    if isinstance(start, str):
        return parse_start(start)
    if start is None or isinstance(start, (int, datetime, timedelta, dict)):
        return start
    raise UsageMistake(f"{start!r} is no place to start at; there are: {OFFERED}")
