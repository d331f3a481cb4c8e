"""A client of the WebSocket routes, as the page is one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from websocket import WebSocketConnectionClosedException, create_connection

from tests.server.jupyter import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.server.api import Api

DEADLINE = 30.0


class Socket:
    """An open connection; keeps all that came."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.messages: list[Any] = []

    def send(self, **message: Any) -> None:
        """Send a message."""
        self.connection.send(json.dumps(message))

    def next(self) -> Any:
        """Return the next message; None when the server has closed."""
        try:
            text = self.connection.recv()
        except WebSocketConnectionClosedException:
            return None
        if not text:
            return None
        self.messages.append(json.loads(text))
        return self.messages[-1]

    def until(self, condition: Callable[[Any], object]) -> Any:
        """Return the first message from now on that is as wanted."""
        while (message := self.next()) is not None:
            if condition(message):
                return message
        raise AssertionError(f"closed after {self.messages[-3:]}")

    def kind(self, kind: str) -> Any:
        """Return the next message of a kind."""
        return self.until(lambda message: message["type"] == kind)


@contextmanager
def socket(api: Api, *path: str, **query: Any) -> Iterator[Socket]:
    """Open a connection."""
    connection = create_connection(
        f"ws://{api.server.host}{api.address(*path, **query)}",
        header={"Authorization": f"token {TOKEN}"},
        timeout=DEADLINE,
    )
    try:
        yield Socket(connection)
    finally:
        connection.close()
        # Also where the server has closed before.
        connection.shutdown()  # type: ignore[no-untyped-call]
