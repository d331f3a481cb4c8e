"""Who may use the routes: asked of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jupyter_stream.server.routes.table import ROUTES
from tests.server.api import SWITCHED, Api
from tests.server.every_route import CALLS, Call
from tests.server.jupyter import jupyter_server

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTHORIZER = "--ServerApp.authorizer_class=tests.server.authorizers."


def served(tmp_path_factory: pytest.TempPathFactory, *options: str) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("guards") / "server"
    local = f"--StreamServer.local_broker_directory={folder / 'broker'}"
    with jupyter_server(folder, local, *options) as server:
        yield Api(server)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that forbids whatever says not itself who may use it."""
    yield from served(
        tmp_path_factory,
        "--ServerApp.allow_unauthenticated_access=False",
        "--StreamServer.may_produce=True",
    )


@pytest.fixture(scope="module")
def denying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that lets users do nothing here."""
    yield from served(tmp_path_factory, f"{AUTHORIZER}NoRelay")


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A server that lets users only read."""
    option = "--StreamServer.may_produce=True"
    yield from served(tmp_path_factory, f"{AUTHORIZER}OnlyReading", option)


every_route = pytest.mark.parametrize("call", CALLS, ids=str)


def test_every_route_is_in_the_document_with_its_methods() -> None:
    built = {
        (path, method)
        for path, route in ROUTES.items()
        for method in ("get", "post", "put", "patch", "delete")
        if getattr(route, method).__module__.startswith("jupyter_stream")
    }
    assert built == {(call.path, call.operation.method) for call in CALLS}


@every_route
def test_nobody_gets_in_without_a_token(closed: Api, looking: Api, call: Call) -> None:
    for server in (closed.server, looking.server):
        for token in (None, "wrong"):
            answer = call.ask(Api(server, token))
            assert answer.status == 403, answer
    assert call.ask(closed).status != 403


@every_route
def test_nobody_gets_in_whom_the_authorizer_denies(denying: Api, call: Call) -> None:
    assert call.ask(denying).status == 403


@every_route
def test_who_may_only_read_changes_nothing(looking: Api, call: Call) -> None:
    answer = call.ask(looking)
    assert (answer.status == 403) == (call.operation.action == "write"), answer


@every_route
def test_another_site_cannot_use_the_cookies_of_a_browser(closed: Api, call: Call) -> None:
    """Reads are kept from other sites by their browsers, WebSockets and writes by the server."""
    if call.operation.method == "get" and not call.is_socket:
        return
    stranger = Api(closed.server, None)
    headers = {"Cookie": closed.server.log_in(), "Origin": "http://evil.example"}
    if call.is_socket:
        headers |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        headers["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    answer = stranger.raw(call.operation.method.upper(), call.address(), b"{}", headers)
    assert answer.status in {403, 404}
    assert answer.status != SWITCHED
