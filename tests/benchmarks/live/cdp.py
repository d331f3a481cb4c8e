"""Chromium's own protocol: other drivers copy every frame of a WebSocket, and so change it."""

from __future__ import annotations

import itertools
import json
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any

import websocket

ANSWER_SECONDS = 180.0


class PageError(Exception):
    """The page, or the browser, refused what it was asked for."""


class PageSilent(PageError):
    """The page has no time to answer."""


class Cdp:
    """A connection to one page of a browser.

    Parameters
    ----------
    url
        The page's debugger address.
    """

    def __init__(self, url: str) -> None:
        self._socket = websocket.create_connection(url, suppress_origin=True)
        self._numbers = itertools.count(1)
        self._answers: dict[int, Queue[dict[str, Any]]] = {}
        self._lock = Lock()
        Thread(target=self._listen, daemon=True).start()

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol, and return its answer.

        Raises
        ------
        PageError
            The browser refused.
        PageSilent
            It did not answer.
        """
        number = next(self._numbers)
        answer: Queue[dict[str, Any]] = Queue()
        self._answers[number] = answer
        with self._lock:
            self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        try:
            told = answer.get(timeout=ANSWER_SECONDS)
        except Empty:
            raise PageSilent(f"{method}: no answer within {ANSWER_SECONDS:g} s") from None
        if "error" in told:
            raise PageError(f"{method}: {told['error']}")
        result: dict[str, Any] = told["result"]
        return result

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Call a JavaScript function in the page, and return what it returns or resolves to.

        Raises
        ------
        PageError
            The function threw.
        """
        told = self.send(
            "Runtime.evaluate",
            expression=f"({function})({json.dumps(argument)})",
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in told:
            raise PageError(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                told = json.loads(self._socket.recv())
            except (OSError, ValueError, websocket.WebSocketException):
                return
            if answer := self._answers.pop(told.get("id", 0), None):
                answer.put(told)
