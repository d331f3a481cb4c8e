"""A notebook's kernel, asked without the page, which may have no time to pass anything on."""

from __future__ import annotations

import ast
import json
import math
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jupyter_client.blocking.client import BlockingKernelClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.benchmarks.live.browser import Browser
    from tests.benchmarks.live.figures import Paint

ANSWER_SECONDS = 120.0
# After so long a user has given up.
NEXT_CELL_SECONDS = 60.0
NEXT_CELL = "began = time.time()"


class Kernel:
    """A connection to a kernel.

    Parameters
    ----------
    client
        Its client, with its channels open.
    """

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def ask(self, expression: str) -> Any:
        """Return what an expression gives, by way of JSON, when the kernel comes to it."""
        # Not by printing: what is printed comes behind all frames, or is dropped with them.
        asked = self._client.execute(
            "", silent=True, user_expressions={"told": f"__import__('json').dumps({expression})"}
        )
        reply: dict[str, Any] = {"parent_header": {}}
        while reply["parent_header"].get("msg_id") != asked:
            reply = self._client.get_shell_msg(timeout=ANSWER_SECONDS)
        told = reply["content"]["user_expressions"]["told"]["data"]["text/plain"]
        return json.loads(ast.literal_eval(told))

    def times(self, paints: Sequence[Sequence[Paint]]) -> dict[int, tuple[float, float]]:
        """Return of each painted offset when its record was made, and when the kernel had it."""
        # Not of all: the kernel would need memory for the answer, and that is measured, too.
        offsets = sorted({offset for of_one in paints for offset, _ in of_one})
        told = self.ask(f"{{offset: times[offset] for offset in {offsets}}}")
        return {int(offset): (made, had) for offset, (made, had) in told.items()}

    def until_next_cell(self, page: Browser, index: int) -> float:
        """Run the cell `NEXT_CELL`, and return the seconds until it began; infinity if never.

        Parameters
        ----------
        page
            Where a user would run it.
        index
            Which cell of the notebook it is.
        """
        before = self.ask("globals().get('began', 0)")
        asked = time.time()
        page.start_cell(index)
        while time.time() < asked + NEXT_CELL_SECONDS:
            began = self.ask("globals().get('began', 0)")
            if began != before:
                return float(began) - asked
        return math.inf


@contextmanager
def kernel_in(runtime: Path) -> Iterator[Kernel]:
    """Connect to the only kernel of a server.

    Parameters
    ----------
    runtime
        Where the server keeps its connection files.
    """
    (file,) = runtime.glob("kernel-*.json")
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    # One that computes answers late, and is alive.
    client.hb_channel.time_to_dead = ANSWER_SECONDS
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
