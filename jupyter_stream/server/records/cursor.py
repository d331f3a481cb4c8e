"""Cursors: where a page begins or ends, as a text that the page hands back."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING

import msgspec

from jupyter_stream.server.parameters import GREATEST, MOST_PARTITIONS
from jupyter_stream.server.refusal import BadParameter

if TYPE_CHECKING:
    from jupyter_stream.kafka.inspection.page import Offsets

# What fits into the first line of a request, and what can come out of it.
LONGEST = 48_000
MOST_BYTES = 4 * 2**20


def write_cursor(offsets: Offsets | None) -> str | None:
    """Write offsets as a text; None stays.

    Parameters
    ----------
    offsets
        The offset of each partition.
    """
    if offsets is None:
        return None
    return urlsafe_b64encode(zlib.compress(msgspec.json.encode(offsets))).decode()


def read_cursor(name: str, text: str) -> Offsets:
    """Read the offsets of a cursor.

    Parameters
    ----------
    name
        What the parameter is called.
    text
        What was sent.

    Raises
    ------
    BadParameter
        It is no cursor of ours.
    """
    try:
        return _checked(_unpacked(text))
    except (ValueError, Base64Error, zlib.error, msgspec.MsgspecError, RecursionError):
        raise BadParameter(name, "is no cursor that a page of records gave") from None


def _unpacked(text: str) -> bytes:
    if len(text) > LONGEST:
        raise ValueError("too long")
    packed = urlsafe_b64decode(text.encode("ascii"))
    reader = zlib.decompressobj()
    content = reader.decompress(packed, MOST_BYTES)
    if reader.unconsumed_tail:
        raise ValueError("too much")
    return content


def _checked(content: bytes) -> Offsets:
    offsets = msgspec.json.decode(content, type=dict[int, int])
    for partition, offset in offsets.items():
        if not (0 <= partition <= MOST_PARTITIONS and 0 <= offset <= GREATEST):
            raise ValueError("out of bounds")
    return offsets
