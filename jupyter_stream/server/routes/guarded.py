"""Who may use a route, and what becomes of errors."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from jupyter_server.auth.decorator import authorized
from tornado import web

from jupyter_stream.errors import StreamError
from jupyter_stream.server.refusal import refusal_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jupyter_stream.server.routes.api_route import ApiRoute

P = ParamSpec("P")
Handler = TypeVar("Handler", bound="ApiRoute")
RESOURCE = "jupyter_stream"


def reading(
    method: Callable[Concatenate[Handler, P], Awaitable[None]],
) -> Callable[Concatenate[Handler, P], Awaitable[None]]:
    """Let only those who may read use a method of a route.

    Parameters
    ----------
    method
        The method.
    """
    return cast("Callable[Concatenate[Handler, P], Awaitable[None]]", _guarded(method, "read"))


def writing(
    method: Callable[Concatenate[Handler, P], Awaitable[None]],
) -> Callable[Concatenate[Handler, P], Awaitable[None]]:
    """Let only those who may write use a method of a route.

    Parameters
    ----------
    method
        The method.
    """
    return cast("Callable[Concatenate[Handler, P], Awaitable[None]]", _guarded(method, "write"))


def _guarded(method: Any, action: str) -> Any:
    @wraps(method)
    async def answered(handler: Any, *arguments: Any, **named: Any) -> None:
        try:
            await method(handler, *arguments, **named)
        except StreamError as error:
            raise refusal_of(error) from None

    allowed = cast("Any", authorized(action, RESOURCE))(answered)
    return web.authenticated(allowed)
