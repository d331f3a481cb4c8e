"""A real Jupyter server with the extension, and its kernels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from socket import create_connection
from typing import TYPE_CHECKING, Any, Self
from urllib.request import HTTPCookieProcessor, build_opener

from jupyter_client.blocking.client import BlockingKernelClient

from tests.notebook.kernel import NotebookKernel
from tests.notebook.relaying import RelayClient
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

ROOT = Path(__file__).parents[2]
TOKEN = "the-token-of-the-tests"  # noqa: S105 - it opens nothing but the tests' own server
STOP_SECONDS = 30
ROUTE = "jupyter-stream/api/relay"


class JupyterServer:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, runtime: Path) -> None:
        self.process = process
        self.runtime = runtime
        self._url = url

    @property
    def host(self) -> str:
        """The host and port, as a browser names them."""
        return self._url.split("/")[2]

    def listens(self) -> bool:
        """Say whether the server takes connections."""
        name, port = self.host.split(":")
        try:
            create_connection((name, int(port))).close()
        except ConnectionRefusedError:
            return False
        return True

    def start_kernel(self) -> str:
        """Start a kernel, and return its identity."""
        return str(json.loads(self._ask("POST", "/api/kernels"))["id"])

    def end_kernel(self, kernel: str) -> None:
        """Shut a kernel down."""
        self._ask("DELETE", f"/api/kernels/{kernel}")

    def log_in(self) -> str:
        """Log in as a browser does that is given the token, and return its cookies."""
        jar = CookieJar()
        with build_opener(HTTPCookieProcessor(jar)).open(f"{self._url}login?token={TOKEN}"):
            return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)

    def relay(self, **options: Any) -> RelayClient:
        """Connect to the relay's route, by the token unless cookies are given."""
        if "header" not in options and "cookie" not in options:
            options["header"] = {"Authorization": f"token {TOKEN}"}
        return RelayClient(f"ws://{self.host}/{ROUTE}", **options)

    def _ask(self, method: str, path: str) -> bytes:
        connection = HTTPConnection(self.host, timeout=STOP_SECONDS)
        try:
            connection.request(method, path, headers={"Authorization": f"token {TOKEN}"})
            return connection.getresponse().read()
        finally:
            connection.close()


@contextmanager
def jupyter_server(folder: Path, *options: str, modules: Path = ROOT) -> Iterator[JupyterServer]:
    """Run a server that keeps all its files in a folder, and looks for modules in another first."""
    folders = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "RUNTIME", "DATA")}
    (folder / "work").mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--port=0", "--allow-root"),
                f"--IdentityProvider.token={TOKEN}",
                "--ServerApp.jpserver_extensions={'jupyter_stream.server': True}",
                *options,
            ],
            cwd=folder / "work",
            env={**os.environ, **folders, "PYTHONPATH": f"{modules}:{ROOT}"},
            stdout=log,
            stderr=log,
        )
        runtime = folder / "RUNTIME"
        file = runtime / f"jpserver-{process.pid}.json"
        try:
            wait_until(lambda: file.exists() or process.poll() is not None, "the Jupyter server")
            assert process.poll() is None, (folder / "log").read_text()
            wait_until(lambda: file.read_text().endswith("}"), "the server's address")
            server = JupyterServer(process, json.loads(file.read_text())["url"], runtime)
            wait_until(server.listens, "the server at its address")
            yield server
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


class ServedKernel(NotebookKernel):
    """A kernel of a server's, with a client of the test's own."""

    def __init__(self, server: JupyterServer) -> None:
        super().__init__()
        self.server = server
        self.id = server.start_kernel()
        self.client = BlockingKernelClient()

    def __enter__(self) -> Self:
        self.client.load_connection_file(str(self.server.runtime / f"kernel-{self.id}.json"))
        # On a busy machine a heart may miss a beat, and is alive.
        self.client.hb_channel.time_to_dead = STOP_SECONDS
        self.client.start_channels()
        self.client.wait_for_ready(STOP_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.stop_channels()
        self.server.end_kernel(self.id)

    @property
    def key(self) -> bytes:
        """The kernel's connection key."""
        return bytes(self.client.session.key)
