"""One side of the records' benchmark, in a process of its own: a loop, or a watch.

The plain loop is what one writes with confluent-kafka alone, the tuned one sets what makes small
records quick, and the decoding one also makes of each value what a watch makes of it, with the
plain library for the format.
"""

from __future__ import annotations

import io
import json
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import msgpack
import numpy as np
from confluent_kafka import Consumer, TopicPartition

import jupyter_stream as js

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from confluent_kafka import Message

POINTS = 250
BATCH = 2000
LIMIT_SECONDS = 600.0
# Without these the client is several times slower.
TUNED = {
    "fetch.queue.backoff.ms": 5,
    "queued.max.messages.kbytes": 32_768,
    "fetch.message.max.bytes": 4 * 2**20,
    "fetch.max.bytes": 16 * 2**20,
}


class Read(NamedTuple):
    """How a side fared: records and seconds behind the first ones, and the last value."""

    records: int
    seconds: float
    last: Any


def value_of(kind: str, number: int) -> bytes:
    """Return a record of about 1 kB that holds its number."""
    array = np.arange(number, number + POINTS, dtype="<f4")
    match kind:
        case "msgpack":
            fields = {b"nd": True, b"type": "<f4", b"kind": b"", b"shape": [POINTS]}
            return bytes(msgpack.packb({**fields, b"data": array.tobytes()}))
        case "npy":
            stream = io.BytesIO()
            np.save(stream, array)
            return stream.getvalue()
        case "json":
            return json.dumps({"number": number, "values": [n / 8 for n in range(155)]}).encode()
        case _:
            return f"{number} {'x' * 1015}".encode()


def number_in(kind: str, value: Any) -> int:
    """Return the number that is in a decoded value."""
    if kind == "json":
        return int(value["number"])
    return int(value.split()[0]) if kind == "text" else int(value[0])


def _unpack(value: bytes) -> Any:
    fields = msgpack.unpackb(value)
    return np.frombuffer(fields[b"data"], fields[b"type"]).reshape(fields[b"shape"])


DECODERS: dict[str, Callable[[bytes], Any]] = {
    "msgpack": _unpack,
    "npy": lambda value: np.load(io.BytesIO(value)),
    "json": json.loads,
    "text": bytes.decode,
}


def loop(
    bootstrap: str,
    topic: str,
    count: int,
    use: Callable[[Sequence[Message]], Any],
    settings: Mapping[str, int],
) -> Read:
    """Consume in batches, as quickly as the client can."""
    identity = {"bootstrap.servers": bootstrap, "group.id": str(uuid4())}
    consumer = Consumer({**identity, **settings, "enable.auto.commit": False})
    consumer.assign([TopicPartition(topic, 0, 0)])
    while not (messages := consumer.consume(BATCH, 0.1)):
        pass
    start, first = time.monotonic(), len(messages)
    seen, last = first, None
    while seen < count:
        messages = consumer.consume(BATCH, 0.1)
        last = use(messages) if messages else last
        seen += len(messages)
    seconds = time.monotonic() - start
    consumer.close()
    return Read(seen - first, seconds, last)


def count_only(messages: Sequence[Message]) -> Any:
    """Look at each value, and keep the last one."""
    values = [message.value() for message in messages]
    return values[-1]


def read_by(side: str, kind: str, bootstrap: str, topic: str, count: int) -> Read:
    """Read a topic in one of the ways."""
    decode = DECODERS[kind]
    if side == "watch":
        return watched(bootstrap, topic, count)
    if side == "decoding loop":
        return loop(
            bootstrap,
            topic,
            count,
            lambda messages: [decode(message.value() or b"") for message in messages][-1],
            TUNED,
        )
    read = loop(bootstrap, topic, count, count_only, TUNED if side == "tuned loop" else {})
    return read._replace(last=decode(read.last))


def watched(bootstrap: str, topic: str, count: int) -> Read:
    """Watch a topic: records are decoded and counted, the newest results kept."""
    cluster = js.connect(bootstrap)
    with js.watch(topic, plot=None, cluster=cluster) as watch:
        assert watch.wait(LIMIT_SECONDS, n=1)
        start, first = time.monotonic(), len(watch.results)
        assert watch.wait(LIMIT_SECONDS, n=count)
        seconds = time.monotonic() - start
        assert not watch.errors
        return Read(count - first, seconds, watch.latest)


def main() -> None:
    """Read as the command line says, and print how it went."""
    side, kind, load, bootstrap, topic, count = sys.argv[1:]
    found: list[Read] = []
    work = Thread(target=lambda: found.append(read_by(side, kind, bootstrap, topic, int(count))))
    work.start()
    # A busy cell computes in the main thread.
    turns = 0
    while load == "busy" and work.is_alive():
        turns += 1
    work.join()
    (read,) = found
    number = number_in(kind, read.last)
    print(json.dumps({"records": read.records, "seconds": read.seconds, "last": number}))


if __name__ == "__main__":
    main()
