"""Reading what a request names: each parameter within its bounds, or refused by its name."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from jupyter_stream.server.refusal import BadParameter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Get = Callable[[str], str | None]

# Kafka's greatest offset.
GREATEST = 2**63 - 1
MOST_PARTITIONS = 2**31 - 1
# The end of the year 9999 in epoch seconds.
LATEST_TIME = 253_402_300_799.0
LONGEST_SHOWN = 40

_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,19}", re.ASCII)


def read_topic(text: str) -> str:
    """Read the name of a topic.

    Parameters
    ----------
    text
        What was sent.

    Raises
    ------
    BadParameter
        No topic may be called so.
    """
    if not _TOPIC.fullmatch(text) or text in {".", ".."}:
        raise BadParameter(
            "topic", "is no name of a topic: 1 to 249 letters, digits, dots, dashes, underscores"
        )
    return text


def read_whole(name: str, text: str, least: int = 0, greatest: int = GREATEST) -> int:
    """Read a whole number.

    Parameters
    ----------
    name
        What the parameter is called.
    text
        What was sent.
    least, greatest
        The bounds.

    Raises
    ------
    BadParameter
        It is none, or out of bounds.
    """
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= greatest:
        raise BadParameter(name, f"is no whole number from {least} to {greatest}: {shown(text)}")
    return int(text)


def read_time(name: str, text: str) -> float:
    """Read a time in epoch seconds.

    Parameters
    ----------
    name
        What the parameter is called.
    text
        What was sent.

    Raises
    ------
    BadParameter
        It is none.
    """
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    # Also false for what is no number.
    if not 0 <= seconds <= LATEST_TIME:
        raise BadParameter(name, f"is no time in seconds since 1970: {shown(text)}")
    return seconds


def read_choice(name: str, text: str, choices: Collection[str]) -> str:
    """Read one of several words.

    Parameters
    ----------
    name
        What the parameter is called.
    text
        What was sent.
    choices
        The words.

    Raises
    ------
    BadParameter
        It is none of them.
    """
    if text not in choices:
        raise BadParameter(name, f"is none of {', '.join(choices)}: {shown(text)}")
    return text


def read_partition(text: str) -> int | None:
    """Read the number of a partition, or None for "all".

    Parameters
    ----------
    text
        What was sent.

    Raises
    ------
    BadParameter
        It is neither.
    """
    return None if text == "all" else read_whole("partition", text, 0, MOST_PARTITIONS)


def shown(text: str) -> str:
    """Return a text as an error may repeat it: quoted, without control characters, not long.

    Parameters
    ----------
    text
        What was sent.
    """
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")
