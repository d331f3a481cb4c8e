"""Python objects as short texts, written only as far as they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import numpy as np

_DEEPEST = 12
_MOST_NUMBERS = 200
_MOST_BYTES = 64


def brief_text(value: Any, most: int) -> tuple[str, bool]:
    """Return what a value holds, like JSON, and whether it was cut.

    Parameters
    ----------
    value
        A decoded value.
    most
        How many signs at most.
    """
    text = ""
    for part in _parts(value, 0):
        text += part
        if len(text) > most:
            return text[:most], True
    return text, False


def _parts(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "…"
        return
    match value:
        case Mapping():
            yield from _joined("{", _pairs(value, depth), "}")
        case list() | tuple():
            yield from _joined("[", (_parts(item, depth + 1) for item in value), "]")
        case np.ndarray():
            yield _array(value)
        case _:
            yield _single(value)


def _pairs(value: Mapping[Any, Any], depth: int) -> Iterator[Iterator[str]]:
    for name, item in value.items():
        yield _pair(name, item, depth)


def _pair(name: Any, item: Any, depth: int) -> Iterator[str]:
    yield f"{_single(name)}: "
    yield from _parts(item, depth + 1)


def _joined(opening: str, items: Iterator[Iterator[str]], closing: str) -> Iterator[str]:
    yield opening
    for number, item in enumerate(items):
        if number:
            yield ", "
        yield from item
    yield closing


def _array(array: np.ndarray[Any, Any]) -> str:
    flat = list(islice(array.flat, _MOST_NUMBERS))
    more = ", …" if array.size > len(flat) else ""
    # Types of many fields have long names.
    shape = " x ".join(map(str, array.shape)) or "number"
    return f"{str(array.dtype)[:200]} {shape}: {', '.join(map(_number, flat))}{more}"


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)[:200]


def _single(value: Any) -> str:
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bytes():
            cut = "…" if len(value) > _MOST_BYTES else ""
            return f"<{len(value)} bytes: {value[:_MOST_BYTES].hex()}{cut}>"
        case None | bool():
            return json.dumps(value)
        case int() if value.bit_length() > 10_000:  # noqa: PLR2004 - longer ones take long to write
            return "<huge number>"
        case _:
            return str(value)[:_MOST_NUMBERS]
