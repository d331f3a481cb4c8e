"""Writes spectra or images to a topic at a pace, each with the time at which it was made."""

from __future__ import annotations

import sys
import time

import msgpack
import numpy as np
from confluent_kafka import Producer

SEED = 7


def main(bootstrap: str, topic: str, shape: str, rate: float) -> None:
    """Write until somebody ends the process.

    Parameters
    ----------
    bootstrap, topic
        Where to.
    shape
        Of each array, such as "2048" or "512x512"; values are float32.
    rate
        Records a second; 0 for as many as the broker takes.
    """
    sizes = tuple(map(int, shape.split("x")))
    noise = np.random.default_rng(SEED).random((8, *sizes), dtype=np.float32)
    producer = Producer(
        {"bootstrap.servers": bootstrap, "linger.ms": 1, "message.max.bytes": 64 * 2**20}
    )
    print("ready", flush=True)
    begin = time.monotonic()
    number = 0
    while True:
        number += 1
        if rate:
            time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        data = noise[number % len(noise)].tobytes()
        value = msgpack.packb({"made": time.time(), "shape": sizes, "data": data})
        while True:
            try:
                producer.produce(topic, value)
                break
            except BufferError:
                producer.poll(0.05)
        producer.poll(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
