"""Texts from outside, no longer than there is use for."""

from __future__ import annotations

LONGEST = 300


def short(value: object) -> str:
    """Return a value as a text of at most 300 signs, and nothing as no text.

    Parameters
    ----------
    value
        A text, a path, a unit, or None.
    """
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
