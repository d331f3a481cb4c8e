"""Topics with records, and notebooks that watch them, for the tests of plots."""

from __future__ import annotations

import io
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbformat
import numpy as np
from confluent_kafka import Producer

from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    import jupyter_stream as js
    from jupyter_stream.testing.kafka import MakeTopic

CONNECT = "import jupyter_stream as js\n%load_ext jupyter_stream\n%stream_connect {address}"


@dataclass
class Stage:
    """A cluster to write to, and a folder for notebooks."""

    cluster: js.Cluster
    address: str
    make_topic: MakeTopic
    folder: Path

    def topic(self, *values: Any, named: str | None = None) -> str:
        """Make a topic with records; one test alone gives a name that stands in pictures."""
        topic = named or self.make_topic()
        if named:
            self.cluster.create_topic(named, 1)
        self.write(topic, *values)
        return topic

    def write(self, topic: str, *values: Any) -> None:
        """Write arrays as .npy, and anything else as JSON."""
        write_records(self.cluster, topic, [(0, b"", packed(value)) for value in values])

    def write_each_second(self, topic: str, *values: Any) -> None:
        """Write values as if one had come each second until now."""
        producer = Producer({"bootstrap.servers": self.address})
        first = time.time() - len(values)
        for second, value in enumerate(values):
            producer.produce(topic, packed(value), timestamp=round((first + second) * 1000))
        producer.flush()

    def notebook(self, *cells: str) -> str:
        """Write a notebook whose first cell connects, and return its name."""
        sources = [CONNECT.format(address=self.address), *cells]
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in sources],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, self.folder / "plots.ipynb")
        return "plots.ipynb"


def packed(value: Any) -> bytes:
    """Return a value as the bytes of a record."""
    if isinstance(value, np.ndarray):
        buffer = io.BytesIO()
        np.save(buffer, value)
        return buffer.getvalue()
    return json.dumps(value).encode()


def spectrum(number: int, channels: int = 1024) -> NDArray[Any]:
    """Return a spectrum with two lines and counting noise."""
    x = np.arange(channels)
    lines = 900 * np.exp(-(((x - 320) / 9) ** 2)) + 400 * np.exp(-(((x - 700) / 14) ** 2))
    background = 60 * np.exp(-x / 500) + 8
    counts: NDArray[Any] = np.random.default_rng(number).poisson(lines + background)
    return counts.astype(np.float64)


def image(number: int, side: int = 256) -> NDArray[Any]:
    """Return an image of rings around a centre that wanders."""
    y, x = np.mgrid[:side, :side]
    distance = np.hypot(x - side / 2 - 3 * number, y - side / 2)
    clean = 200 * np.exp(-distance / 80) * (1 + np.cos(distance / 6)) + 10
    counts: NDArray[Any] = np.random.default_rng(number).poisson(clean)
    return counts.astype(np.float32)
