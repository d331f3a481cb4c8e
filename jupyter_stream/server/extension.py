"""What the Jupyter server loads: the routes of jupyter_stream."""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp

from jupyter_stream.formats.nonces import SpentNonces
from jupyter_stream.server.relay_route import RelayRoute


class StreamServer(ExtensionApp):
    """Relays live plots from kernels to browsers; without it they go over the kernels' comms."""

    name = "jupyter_stream"

    def initialize_handlers(self) -> None:
        """Add the routes, below the server's address."""
        self.handlers.append(("/jupyter-stream/api/relay", RelayRoute, {"spent": SpentNonces()}))
