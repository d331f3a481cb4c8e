"""Writes spectra or images to a topic at a pace, each with the time at which it was made."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import msgpack
import numpy as np
from confluent_kafka import Producer

from tests.benchmarks.produce import produce

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 7
# Centre and width by the length of an axis, and counts.
PEAKS = ((0.2, 0.01, 4000.0), (0.45, 0.03, 2500.0), (0.7, 0.015, 6000.0), (0.85, 0.005, 3000.0))


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
    counted = measured(sizes)
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
        data = counted[number % len(counted)].tobytes()
        value = msgpack.packb({"made": time.time(), "shape": sizes, "data": data})
        produce(producer, topic, value)
        producer.poll(0)


def measured(sizes: tuple[int, ...]) -> NDArray[np.float32]:
    """Return some measurements: peaks, or spots, over a background, with the noise of counting.

    Parameters
    ----------
    sizes
        The shape of each.
    """
    axes = np.meshgrid(*(np.linspace(0, 1, size) for size in sizes), indexing="ij")
    mean = np.full(sizes, 100.0)
    for centre, width, height in PEAKS:
        distance = sum((axis - centre) ** 2 for axis in axes)
        mean += height * np.exp(-distance / (2 * width**2))
    counted = np.random.default_rng(SEED).poisson(mean, (8, *sizes))
    return counted.astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
