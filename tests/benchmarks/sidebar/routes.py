"""How long the server's routes take: they are asked as the page asks them."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from tests.benchmarks.document import table
from tests.benchmarks.sidebar.topics import LONG, START, name_of
from tests.server.api import Api
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import jupyter_stream as js
    from tests.server.api import Answer

ROUNDS = 7
IN_SIGHT = 40
HEAD = ("route", "first, ms", "median, ms", "slowest, ms")


def routes(cluster: js.Cluster, folder: Path, topics: int, records: int) -> str:
    """Ask each route some times, and return the table.

    Parameters
    ----------
    cluster
        With the many topics and the long one.
    folder
        For the server's files.
    topics, records
        How many there are of the many, and in the long one.
    """
    write_profiles(folder, {"lab": {"bootstrap.servers": cluster.bootstrap}})
    with jupyter_server(folder) as server:
        questions = _questions(Api(server), topics, records)
        return table(HEAD, [_row(name, ask) for name, ask in questions.items()])


def _questions(api: Api, topics: int, records: int) -> dict[str, Callable[[], Answer]]:
    names = [name_of(number) for number in range(min(topics, IN_SIGHT))]
    middle = START + records // 2000
    cluster = ("clusters", "lab")
    long = (*cluster, "topics", LONG)
    return {
        "topics, from the cluster": lambda: api.get(*cluster, "topics", fresh=1),
        "topics, known": lambda: api.get(*cluster, "topics"),
        "clusters": lambda: api.get("clusters"),
        f"figures of {len(names)} topics": lambda: api.post(
            *cluster, "figures", body={"topics": names}
        ),
        "topic": lambda: api.get(*long),
        "newest 100 records": lambda: api.get(*long, "records", limit=100),
        "100 records from a time": lambda: api.get(
            *long, "records", limit=100, from_=f"time:{middle}"
        ),
        "100 records from an offset": lambda: api.get(
            *long, "records", limit=100, from_="offset:100"
        ),
    }


def _row(name: str, ask: Callable[[], Answer]) -> tuple[str, ...]:
    times = [_seconds(ask) for _ in range(ROUNDS)]
    figures = (times[0], statistics.median(times), max(times))
    return (name, *(f"{seconds * 1000:.0f}" for seconds in figures))


def _seconds(ask: Callable[[], Answer]) -> float:
    begin = time.perf_counter()
    answer = ask()
    taken = time.perf_counter() - begin
    assert answer.status == 200, answer.body
    return taken
