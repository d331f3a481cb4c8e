"""Reading where in a topic to begin, as the page names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.kafka.inspection.place import (
    After,
    Before,
    Earliest,
    FromOffset,
    FromTime,
    Newest,
    Place,
)
from jupyter_stream.server.parameters import read_time, read_whole, shown
from jupyter_stream.server.records.cursor import read_cursor
from jupyter_stream.server.refusal import BadParameter

if TYPE_CHECKING:
    from jupyter_stream.server.parameters import Get


def read_from(text: str) -> Place:
    """Read newest, earliest, offset:N or time:SECONDS.

    Parameters
    ----------
    text
        What was sent.

    Raises
    ------
    BadParameter
        It is none of these.
    """
    word, _, number = text.partition(":")
    match word, number:
        case "newest", "":
            return Newest()
        case "earliest", "":
            return Earliest()
        case "offset", _:
            return FromOffset(read_whole("from", number))
        case "time", _:
            return FromTime(read_time("from", number))
    raise BadParameter(
        "from", f"is neither newest, earliest, offset:N nor time:SECONDS: {shown(text)}"
    )


def read_place(get: Get) -> Place:
    """Read where a page is: by a cursor if there is one.

    Parameters
    ----------
    get
        Gives parameters.

    Raises
    ------
    BadParameter
        One of them cannot be used, or there are two cursors.
    """
    before, after = get("before"), get("after")
    if before is not None and after is not None:
        raise BadParameter("before", "cannot go together with 'after'")
    if before is not None:
        return Before(read_cursor("before", before))
    if after is not None:
        return After(read_cursor("after", after))
    return read_from(get("from") or "newest")
