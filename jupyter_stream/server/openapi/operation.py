"""What a route takes and gives."""

from __future__ import annotations

from typing import Any, NamedTuple

File = type("File", (), {})
"""Stands for bytes that come as a file."""


class Parameter(NamedTuple):
    """A parameter of the address.

    Attributes
    ----------
    name
        Its name.
    schema
        What it may be, as JSON schema.
    description
        What it is for.
    place
        "path" or "query".
    required
        Whether it must be there.
    """

    name: str
    schema: dict[str, Any]
    description: str
    place: str = "query"
    required: bool = False


class Operation(NamedTuple):
    """A method of a route.

    Attributes
    ----------
    method
        "get" or "post".
    summary
        What it does.
    answers
        What it answers with: a type, one of several, or `File`; none for a WebSocket.
    parameters
        Those of the address, without those in its path.
    body
        What the body holds; None if there is none.
    status
        The HTTP status when all is well.
    action
        Which right it needs: "read" or "write".
    messages
        What goes over a WebSocket, by who sends it.
    collected
        The field of the answer that holds many of `answers`, by name; None if it is one of them.
    """

    method: str
    summary: str
    answers: tuple[type, ...]
    parameters: tuple[Parameter, ...] = ()
    body: type | None = None
    status: int = 200
    action: str = "read"
    messages: dict[str, list[str]] | None = None
    collected: str | None = None
