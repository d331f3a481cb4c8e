"""A client of the routes, as the page is one."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from tests.server.jupyter import TOKEN

if TYPE_CHECKING:
    from tests.server.jupyter import JupyterServer

API = "/jupyter-stream/api"
PATIENCE = 40
SWITCHED = 101
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Answer(NamedTuple):
    """What a route answered."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as what it holds."""
        return json.loads(self.body)


class Api:
    """Asks the routes of a server."""

    def __init__(self, server: JupyterServer, token: str | None = TOKEN) -> None:
        self.server = server
        self._headers = {} if token is None else {"Authorization": f"token {token}"}

    def get(self, *path: str, **query: Any) -> Answer:
        """Ask; each part of the path is quoted."""
        return self.raw("GET", self.address(*path, **query))

    def post(self, *path: str, body: Any) -> Answer:
        """Ask with a body."""
        return self.raw("POST", self.address(*path), json.dumps(body).encode())

    def address(self, *path: str, **query: Any) -> str:
        """Return an address on the server."""
        named = urlencode({name.rstrip("_"): value for name, value in query.items()})
        quoted = "/".join(quote(part, safe="") for part in path)
        return f"{API}/{quoted}" + (f"?{named}" if named else "")

    def call(self, method: str, address: str, body: Any, *, upgrade: bool) -> Answer:
        """Ask, and begin a WebSocket if it is one."""
        content = None if body is None else json.dumps(body).encode()
        return self.raw(method, address, content, UPGRADE if upgrade else {})

    def raw(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask whatever it is."""
        connection = HTTPConnection(self.server.host, timeout=PATIENCE)
        try:
            connection.request(method, address, body, {**self._headers, **(headers or {})})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            # What follows an upgrade has no end.
            content = b"" if response.status == SWITCHED else response.read()
            return Answer(response.status, content, named)
        finally:
            connection.close()

    def cluster(self, name: str) -> Any:
        """Return the entry of a cluster."""
        entries = self.get("clusters").json["clusters"]
        return next(entry for entry in entries if entry["name"] == name)
