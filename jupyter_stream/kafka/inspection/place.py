"""Where in a topic a page of records is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.page import Offsets


class Newest(NamedTuple):
    """The newest records, the newest of all first."""


class Earliest(NamedTuple):
    """The records from the first one on."""


class FromOffset(NamedTuple):
    """The records of each partition from an offset on."""

    offset: int


class FromTime(NamedTuple):
    """The records of a time (in epoch seconds) or later."""

    time: float


class Before(NamedTuple):
    """The records in front of the offset of each partition, the newest first."""

    offsets: Offsets


class After(NamedTuple):
    """The records of each partition from an offset on, as far as they are known by a page."""

    offsets: Offsets


Place = Newest | Earliest | FromOffset | FromTime | Before | After
"""Where a page is."""
