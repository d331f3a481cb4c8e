"""How long the sidebar's routes take: `python -m tests.benchmarks.serving`.

Makes a broker with many topics and one large one, and a Jupyter server, and asks each route as the
page does. A broker with 20 000 partitions needs some minutes to make them, 2 GB of memory, and the
right to open a file for each (`ulimit -n`).
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from jupyter_stream.kafka.local_broker import LocalBroker
from tests.server.api import Api
from tests.server.filling import fill
from tests.server.jupyter import jupyter_server
from tests.server.profiles import write_profiles
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.local_broker import RunningBroker
    from tests.server.api import Answer

HEAP = "-Xmx2g"
AT_ONCE = 100
PATIENCE = 1800.0
LARGE = "million"
START = 1_700_000_000_000


def main() -> None:
    """Measure, and print the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, default=2000)
    parser.add_argument("--partitions", type=int, default=10, help="of each topic")
    parser.add_argument("--records", type=int, default=1_000_000, help="of the large topic")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    os.environ["_JAVA_OPTIONS"] = HEAP
    folder = Path(tempfile.mkdtemp(prefix="serving-", dir="."))
    try:
        with LocalBroker(folder / "kafka") as broker:
            running = broker.start()
            make_topics(running, options.topics, options.partitions)
            make_records(running, options.records)
            write_profiles(folder / "server", {"lab": {"bootstrap.servers": running.bootstrap}})
            with jupyter_server(folder / "server") as server:
                measure(Api(server), options.topics, options.records, options.rounds)
    finally:
        shutil.rmtree(folder)


def make_topics(broker: RunningBroker, count: int, partitions: int) -> None:
    """Make topics, and wait until the broker knows all of them."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap})
    names = [name_of(number) for number in range(count)]
    for start in range(0, count, AT_ONCE):
        chosen = names[start : start + AT_ONCE]
        new = [NewTopic(name, partitions, 1) for name in chosen]
        for future in admin.create_topics(new, request_timeout=280, operation_timeout=270).values():
            future.result()
        wait_until(
            lambda: set(names[: start + AT_ONCE]) <= admin.list_topics(timeout=60).topics.keys(),  # noqa: B023 - called now
            "the topics",
            PATIENCE,
        )


def make_records(broker: RunningBroker, count: int) -> None:
    """Write the large topic: JSON of 120 bytes, a millisecond after one another."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap})
    new = NewTopic(LARGE, 4, 1, config={"retention.ms": "-1"})
    admin.create_topics([new])[LARGE].result(60)
    fill(
        broker,
        LARGE,
        (
            {
                "value": b'{"i": %d, "pad": "%s"}' % (number, b"x" * 90),
                "partition": number % 4,
                "timestamp": START + number,
            }
            for number in range(count)
        ),
    )


def measure(api: Api, topics: int, records: int, rounds: int) -> None:
    """Ask each route some times, and print the first, the median and the slowest time."""
    names = [name_of(number) for number in range(min(topics, 40))]
    middle = (START + records // 2) / 1000
    large = ("clusters", "lab", "topics", LARGE)
    cases: dict[str, Callable[[], Answer]] = {
        "topics, from the cluster": lambda: api.get("clusters", "lab", "topics", fresh=1),
        "topics, known": lambda: api.get("clusters", "lab", "topics"),
        "clusters": lambda: api.get("clusters"),
        "figures of 40 topics": lambda: api.post(
            "clusters", "lab", "figures", body={"topics": names}
        ),
        "topic detail": lambda: api.get(*large),
        "newest 100": lambda: api.get(*large, "records", limit=100),
        "100 from a time": lambda: api.get(*large, "records", limit=100, from_=f"time:{middle}"),
        "100 from an offset": lambda: api.get(*large, "records", limit=100, from_="offset:1000"),
    }
    print(f"{'':28}{'first':>9}{'median':>9}{'slowest':>9}  (seconds)")
    for name, ask in cases.items():
        times = [timed(ask) for _ in range(rounds)]
        print(f"{name:28}{times[0]:9.3f}{statistics.median(times):9.3f}{max(times):9.3f}")


def timed(ask: Callable[[], Answer]) -> float:
    """Return how long an answer takes."""
    begin = time.perf_counter()
    answer = ask()
    taken = time.perf_counter() - begin
    assert answer.status == 200, answer.body
    return taken


def name_of(number: int) -> str:
    """Return the name of a topic; a hundred have one prefix."""
    return f"group{number // 100}.topic{number}"


if __name__ == "__main__":
    main()
