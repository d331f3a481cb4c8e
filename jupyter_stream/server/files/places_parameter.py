"""Reading where the chunks of a file are."""

from __future__ import annotations

from jupyter_stream.kafka.inspection.range_consumer import Stretch
from jupyter_stream.server.parameters import GREATEST, MOST_PARTITIONS, read_whole
from jupyter_stream.server.refusal import BadParameter

NAME = "places"
MOST_PLACES = 1000


def read_places(text: str) -> dict[int, Stretch]:
    """Read PARTITION:FIRST-LAST, several of them with commas.

    Parameters
    ----------
    text
        What was sent.

    Raises
    ------
    BadParameter
        It is something else.
    """
    parts = text.split(",", MOST_PLACES)
    if len(parts) > MOST_PLACES:
        raise BadParameter(NAME, f"has more than {MOST_PLACES} partitions")
    return dict(_place(part) for part in parts)


def _place(text: str) -> tuple[int, Stretch]:
    number, _, ends = text.partition(":")
    first, _, last = ends.partition("-")
    start = read_whole(NAME, first, 0, GREATEST - 1)
    return read_whole(NAME, number, 0, MOST_PARTITIONS), Stretch(
        start, read_whole(NAME, last, start, GREATEST - 1) + 1
    )
