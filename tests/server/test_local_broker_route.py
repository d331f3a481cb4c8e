"""Starting and stopping the local broker from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.api import Api
from tests.server.jupyter import jupyter_server
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 90.0


@pytest.fixture
def broker_folder(tmp_path: Path) -> Path:
    return tmp_path / "broker"


@pytest.fixture
def api(tmp_path: Path, broker_folder: Path) -> Iterator[Api]:
    option = f"--StreamServer.local_broker_directory={broker_folder}"
    with jupyter_server(tmp_path / "server", option) as server:
        asking = Api(server)
        yield asking
        asking.post("clusters", "local", "broker", body={"action": "stop"})
        wait_until(lambda: asking.cluster("local")["state"] == "stopped", "the end", PATIENCE)


def test_the_local_broker_starts_and_stops(api: Api) -> None:
    wait_until(lambda: api.cluster("local")["state"] == "stopped", "the state")
    answer = api.get("clusters", "local", "topics")
    assert answer.status == 503
    assert "does not run" in answer.json["message"]
    assert "Start" in answer.json["remedy"]

    answer = api.post("clusters", "local", "broker", body={"action": "start"})
    assert answer.status == 202
    assert answer.json["state"] == "connecting"
    assert answer.json["reason"]
    assert api.post("clusters", "local", "broker", body={"action": "stop"}).status == 409
    wait_until(lambda: api.cluster("local")["state"] == "connected", "the broker", PATIENCE)
    assert api.get("clusters").json["default"] == "local"
    detail = api.get("clusters", "local", "topics", "__jupyter_stream_probe").json
    assert detail["partitions"][0]["bytes"] is not None

    assert api.post("clusters", "local", "broker", body={"action": "stop"}).status == 202
    wait_until(lambda: api.cluster("local")["state"] == "stopped", "the end", PATIENCE)
    assert api.get("clusters", "local", "topics").status == 503


def test_why_a_start_failed_is_told_until_the_next(api: Api, broker_folder: Path) -> None:
    # A folder stands where a file has to be.
    (broker_folder / "lock").mkdir(parents=True)
    assert api.post("clusters", "local", "broker", body={"action": "start"}).status == 202
    wait_until(lambda: api.cluster("local")["state"] == "stopped", "the failure")
    assert "cannot use its folder" in api.cluster("local")["reason"]
    assert "does not run" in api.get("clusters", "local", "topics").json["message"]
    assert "cannot use its folder" in api.cluster("local")["reason"]
    (broker_folder / "lock").rmdir()


def test_it_can_be_forbidden(tmp_path: Path) -> None:
    option = "--StreamServer.allow_local_broker=False"
    with jupyter_server(tmp_path / "server", option) as server:
        api = Api(server)
        answer = api.post("clusters", "local", "broker", body={"action": "start"})
        assert answer.status == 403
        assert "allow_local_broker" in answer.json["remedy"]
        assert api.get("clusters").json["may_start_local"] is False
