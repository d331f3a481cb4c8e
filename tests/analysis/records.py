"""Records for watches to read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jupyter_stream as js

DEADLINE = 30.0


def write_values(cluster: js.Cluster, topic: str, values: Iterable[bytes]) -> None:
    """Write values to the first partition, and wait until the broker has them."""
    write_records(cluster, topic, [(0, b"key", value) for value in values])


def write_json(cluster: js.Cluster, topic: str, *values: Any) -> None:
    """Write values as JSON."""
    write_values(cluster, topic, [json.dumps(value).encode() for value in values])
