"""What a format of records is: it knows its own values, and makes Python objects of them."""

from __future__ import annotations

from typing import Any, Protocol

Value = bytes | memoryview
"""The bytes of a record's value, or of a file."""


class RecordFormat(Protocol):
    """A format of values; pure functions of bytes."""

    @property
    def name(self) -> str:
        """What the format is called, one word."""

    def recognises(self, value: Value) -> bool:
        """Tell by its first bytes whether a value may be of this format; it is not empty."""

    def decode(self, value: Value) -> Any:
        """Make a Python object of a value.

        Parameters
        ----------
        value
            A value that was recognised.

        Raises
        ------
        Undecodable
            It is of this format for certain, but damaged, too large or not allowed.
        FormatError
            It is of another format after all.
        """
