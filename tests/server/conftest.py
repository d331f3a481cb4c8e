"""A Jupyter server that knows the tests' broker by a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.api import Api
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker


@pytest.fixture(scope="package")
def api(kafka_broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Ask the routes of a server that serves the cluster "lab"."""
    folder = tmp_path_factory.mktemp("api") / "server"
    write_profiles(folder, {"lab": {"bootstrap.servers": kafka_broker.bootstrap}})
    with jupyter_server(
        folder,
        f"--StreamServer.local_broker_directory={folder / 'broker'}",
        "--StreamServer.deny_topics=secret-*",
    ) as server:
        yield Api(server)
