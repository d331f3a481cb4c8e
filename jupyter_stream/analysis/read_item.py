"""What a file or record is when the user gives no function for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.analysis.read_spectrum import read_spectrum
from jupyter_stream.errors import UnreadableSpectrum
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.formats.decoding import RAW, decode

if TYPE_CHECKING:
    from jupyter_stream.analysis.result import Item
    from jupyter_stream.plots.spectrum import Spectrum


def as_it_is(item: Item) -> Any:
    """Return a file itself, and the decoded value of a record.

    Parameters
    ----------
    item
        What arrived.

    Raises
    ------
    Undecodable
        A record is damaged.
    """
    return item if isinstance(item, ReceivedFile) else item.value


def as_spectrum_file(item: Item) -> Any:
    """Return a file as a spectrum, and the decoded value of a record.

    Parameters
    ----------
    item
        What arrived.

    Raises
    ------
    UnreadableSpectrum
        A file is no spectrum.
    Undecodable
        A record is damaged.
    """
    return read_spectrum(item) if isinstance(item, ReceivedFile) else item.value


def as_found(item: Item) -> Any:
    """Return what a file or a record holds: an array, numbers, text, what JSON or msgpack hold.

    A text of numbers in one or a few columns becomes a spectrum; one in no known format is
    returned as it is.

    Parameters
    ----------
    item
        What arrived.

    Raises
    ------
    Undecodable
        It is damaged.
    """
    if not isinstance(item, ReceivedFile):
        return item.value
    found = decode(item.data)
    if found.format == "text":
        return _numbers_or_text(item, found.value)
    return item if found.format == RAW else found.value


def _numbers_or_text(file: ReceivedFile, text: str) -> Spectrum | str:
    try:
        return read_spectrum(file)
    except UnreadableSpectrum:
        return text


def only_decodes(function: object) -> bool:
    """Tell whether the result of a record is its decoded value.

    Parameters
    ----------
    function
        What the record is given to.
    """
    return function is as_it_is or function is as_spectrum_file or function is as_found
