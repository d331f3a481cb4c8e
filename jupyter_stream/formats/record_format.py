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

    @property
    def first_bytes(self) -> frozenset[int]:
        """The bytes that a value of this format may begin with."""

    def decode(self, value: Value) -> Any:
        """Make a Python object of a value.

        Parameters
        ----------
        value
            A value that begins with one of `first_bytes`.

        Raises
        ------
        Undecodable
            It is of this format for certain, but damaged, too large or not allowed.
        FormatError
            It is of another format after all.
        """
