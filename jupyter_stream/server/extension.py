"""What the Jupyter server loads: the routes of jupyter_stream, and what may be chosen of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Bool, Float, Int, List, Unicode

from jupyter_stream.formats.nonces import SpentNonces
from jupyter_stream.kafka.local_broker import LocalBroker
from jupyter_stream.server.clusters.registry import Clusters
from jupyter_stream.server.limits import Limits
from jupyter_stream.server.relay_route import RelayRoute
from jupyter_stream.server.routes.table import handlers
from jupyter_stream.server.served import Served
from jupyter_stream.server.topic_rules import TopicRules

MEBIBYTE = 2**20


class StreamServer(ExtensionApp):
    """Shows what is in clusters, and relays live plots from kernels to browsers."""

    name = "jupyter_stream"

    profiles: Any = List(
        Unicode(),
        default_value=None,
        allow_none=True,
        help="Names of the profiles in jupyter_stream.toml that are shown; None for all.",
    ).tag(config=True)
    may_produce: Any = Bool(
        default_value=False, help="Whether records can be written to topics from the sidebar."
    ).tag(config=True)
    allow_local_broker: Any = Bool(
        default_value=True, help="Whether the sidebar can start and stop the local broker."
    ).tag(config=True)
    local_broker_directory: Any = Unicode(
        "",
        help="The folder of the local broker; by default in the user's Jupyter data directory.",
    ).tag(config=True)
    allow_topics: Any = List(
        Unicode(),
        default_value=["*"],
        help="Patterns, with * and ?, of the topics that may be seen.",
    ).tag(config=True)
    deny_topics: Any = List(
        Unicode(),
        default_value=[],
        help="Patterns, with * and ?, of the topics that may not be seen, though allowed.",
    ).tag(config=True)
    page_bytes: Any = Int(
        32 * MEBIBYTE, min=1, help="Bytes that are read at most for a page of records."
    ).tag(config=True)
    page_seconds: Any = Float(
        8.0, min=0.1, help="Seconds that reading a page of records may take."
    ).tag(config=True)
    search_bytes: Any = Int(
        1024 * MEBIBYTE, min=1, help="Bytes that are read at most until a search pauses."
    ).tag(config=True)
    search_seconds: Any = Float(
        120.0, min=0.1, help="Seconds that a search may take until it pauses."
    ).tag(config=True)
    file_bytes: Any = Int(
        256 * MEBIBYTE, min=1, help="Size of the largest file that is put together for download."
    ).tag(config=True)
    export_records: Any = Int(1_000_000, min=1, help="Records that an export holds at most.").tag(
        config=True
    )
    export_bytes: Any = Int(
        1024 * MEBIBYTE, min=1, help="Bytes that are read at most for an export."
    ).tag(config=True)
    export_seconds: Any = Float(300.0, min=0.1, help="Seconds that an export may take.").tag(
        config=True
    )

    def initialize_handlers(self) -> None:
        """Add the routes, below the server's address."""
        folder = Path(self.local_broker_directory) if self.local_broker_directory else None
        self._clusters = Clusters(LocalBroker(folder), self.profiles)
        served = Served(
            clusters=self._clusters,
            rules=TopicRules(self.allow_topics, self.deny_topics),
            limits=self._limits(),
            may_produce=self.may_produce,
            may_start_local=self.allow_local_broker,
        )
        self.handlers.append(("/jupyter-stream/api/relay", RelayRoute, {"spent": SpentNonces()}))
        self.handlers.extend(handlers(served))

    async def stop_extension(self) -> None:
        """Close all connections."""
        self._clusters.close()

    def _limits(self) -> Limits:
        return Limits(
            page_bytes=self.page_bytes,
            page_seconds=self.page_seconds,
            search_bytes=self.search_bytes,
            search_seconds=self.search_seconds,
            file_bytes=self.file_bytes,
            export_records=self.export_records,
            export_bytes=self.export_bytes,
            export_seconds=self.export_seconds,
        )
