"""The Jupyter server extension."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell the Jupyter server what to load."""
    from jupyter_stream.server.extension import StreamServer  # noqa: PLC0415 - only there

    return [{"module": "jupyter_stream.server.extension", "app": StreamServer}]
