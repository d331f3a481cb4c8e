"""Every route with its methods, as the OpenAPI document names them, to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from jupyter_stream.server.openapi.operations import OPERATIONS

if TYPE_CHECKING:
    from jupyter_stream.server.openapi.operation import Operation
    from tests.server.api import Answer, Api

API = "/jupyter-stream/api"
HASH = "ab" * 64
PARTS = {"cluster": "lab", "topic": "some-topic", "partition": "0", "offset": "0"}
QUERY = {"text": "x", "sha512": HASH, "places": "0:0-1"}
BODIES: dict[str, Any] = {
    "/clusters/local/broker": {"action": "stop"},
    "/clusters/{cluster}/figures": {"topics": ["some-topic"]},
    "/clusters/{cluster}/topics/{topic}/records": {"value": "x"},
    "/clusters/{cluster}/topics/{topic}/export": {"format": "csv"},
}


class Call(NamedTuple):
    """A method of a route."""

    path: str
    operation: Operation

    def __str__(self) -> str:
        return f"{self.operation.method} {self.path}"

    @property
    def is_socket(self) -> bool:
        """Whether it is a WebSocket."""
        return not self.operation.answers

    def query(self) -> dict[str, str]:
        """Return the parameters that must be there."""
        return {one.name: QUERY[one.name] for one in self.operation.parameters if one.required}

    def address(
        self, parts: dict[str, str] | None = None, query: dict[str, str] | None = None
    ) -> str:
        """Return an address; what is given replaces what is as usual."""
        path = self.path
        for name, part in {**PARTS, **(parts or {})}.items():
            path = path.replace(f"{{{name}}}", quote(part, safe="", errors="surrogateescape"))
        asked = {**self.query(), **(query or {})}
        named = urlencode(asked, errors="surrogateescape")
        return f"{API}{path}" + (f"?{named}" if named else "")

    def ask(
        self, api: Api, parts: dict[str, str] | None = None, query: dict[str, str] | None = None
    ) -> Answer:
        """Ask as a page does; a WebSocket begins with such a request, too."""
        body = BODIES.get(self.path) if self.operation.method == "post" else None
        return api.call(
            self.operation.method.upper(),
            self.address(parts, query),
            body,
            upgrade=self.is_socket,
        )


CALLS = [Call(path, one) for path, operations in OPERATIONS.items() for one in operations]
