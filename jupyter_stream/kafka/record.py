"""One record of a topic."""

from typing import NamedTuple

Headers = tuple[tuple[str, bytes | None], ...]
"""Names and values that the writer of a record added."""


class Record(NamedTuple):
    """A record as it came from a topic.

    Parameters
    ----------
    topic, partition, offset
        Where the record stands.
    timestamp
        Its time in epoch seconds, or None.
    key, value
        Its bytes; None where there are none.
    headers
        Names and values that the writer added; most have none.
    """

    topic: str
    partition: int
    offset: int
    timestamp: float | None
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
