"""Makes the examples importable, as they are for a notebook beside them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))


@dataclass(frozen=True)
class ExampleFile:
    """A file as the parsers see it."""

    name: str
    data: bytes | memoryview


def example_file(name: str) -> ExampleFile:
    """Return one of the measured spectra, with its content as a memoryview."""
    return ExampleFile(name, memoryview((EXAMPLES / "data" / name).read_bytes()))
