"""Texts from outside, no longer than there is use for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 300

_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    dict: ("{", "}"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}


def short(value: object) -> str:
    """Return a value as a text of at most 300 signs, and nothing as no text.

    Parameters
    ----------
    value
        A text, a path, a unit, or None.
    """
    return "" if value is None else shortened(value, LONGEST)


def shortened(value: object, longest: int) -> str:
    """Return what `str` makes of a value, cut behind so many signs.

    Of what a container holds, no more is looked at than the text has room for.

    Parameters
    ----------
    value
        Anything.
    longest
        Signs of the text at most.
    """
    if isinstance(value, str):
        text = value[: longest + 1]
    elif type(value) in _BRACKETS:
        text = _joined(_pieces(value, longest), longest)
    else:
        text = str(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _joined(pieces: Iterable[str], longest: int) -> str:
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > longest:
            break
    return text


def _pieces(value: Any, longest: int) -> Iterator[str]:
    """Give what `repr` makes of a value, piece by piece."""
    kind = type(value)
    if kind in (str, bytes):
        yield repr(value[:longest])
    elif kind not in _BRACKETS or not value:
        yield repr(value)
    else:
        begin, end = _BRACKETS[kind]
        yield begin
        for place, part in enumerate(value):
            yield ", " if place else ""
            yield from _pieces(part, longest)
            if kind is dict:
                yield ": "
                yield from _pieces(value[part], longest)
        yield f",{end}" if kind is tuple and len(value) == 1 else end
