"""Authorizers that servers of the tests run with."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer


class NoRelay(Authorizer):
    """Lets users do everything but with jupyter_stream."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:  # noqa: ARG002
        """Say whether a user may do something."""
        return resource != "jupyter_stream"


class NoCode(Authorizer):
    """Lets users do everything but run code."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:  # noqa: ARG002
        """Say whether a user may do something."""
        return (action, resource) != ("execute", "kernels")


class OnlyReading(Authorizer):
    """Lets users look at everything, and change nothing."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:  # noqa: ARG002
        """Say whether a user may do something."""
        return action == "read"
