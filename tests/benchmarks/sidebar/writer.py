"""Writes numbered records to a topic at a pace: `... ADDRESS TOPIC RATE COUNT`."""

from __future__ import annotations

import json
import sys
import time

from confluent_kafka import Producer

from tests.benchmarks.produce import produce

WHAT_IT_IS = "a reading of an instrument, with some words that say what it is about " * 2


def main(bootstrap: str, topic: str, rate: float, count: int) -> None:
    """Write.

    Parameters
    ----------
    bootstrap, topic
        Where to.
    rate
        Records a second.
    count
        How many.
    """
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 5, "acks": "all"})
    begin = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        reading = {"number": number, "made": time.time(), "about": WHAT_IT_IS}
        produce(producer, topic, json.dumps(reading).encode())
        producer.poll(0)
    assert producer.flush() == 0


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
