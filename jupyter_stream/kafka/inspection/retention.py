"""How long a topic keeps records, and when its oldest ones go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.settings import has_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.kafka.inspection.settings import Setting


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a topic keeps records.

    Attributes
    ----------
    seconds
        How old a record may become; None without a limit, or if unknown.
    bytes
        How large a partition may become; None without a limit, or if unknown.
    compacted
        Whether only the newest record of each key is kept.
    oldest
        Time of the oldest record in epoch seconds; None without records, or if unknown.
    expires_in
        After how many seconds the oldest record may go; None if it may stay, or if unknown.
    """

    seconds: float | None
    bytes: int | None
    compacted: bool
    oldest: float | None
    expires_in: float | None


def retention_of(settings: Sequence[Setting], oldest: float | None, now: float) -> Retention:
    """Read the retention from a topic's settings.

    Parameters
    ----------
    settings
        Those of the topic; none if the cluster does not tell.
    oldest
        Time of the oldest record in epoch seconds; None if there is none.
    now
        The time in epoch seconds.
    """
    values = {setting.name: setting.value for setting in settings}
    deletes = "delete" in (values.get("cleanup.policy") or "delete")
    milliseconds = _limit(values.get("retention.ms")) if deletes else None
    seconds = None if milliseconds is None else milliseconds / 1000
    expires_in = None if seconds is None or oldest is None else max(0.0, oldest + seconds - now)
    size = _limit(values.get("retention.bytes")) if deletes else None
    return Retention(seconds, size, has_gaps(settings), oldest, expires_in)


def _limit(value: str | None) -> int | None:
    # Minus one is no limit.
    return int(value) if value is not None and int(value) >= 0 else None
