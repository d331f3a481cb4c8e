"""Profiles of a Jupyter server's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_profiles(folder: Path, profiles: Mapping[str, Mapping[str, str]]) -> None:
    """Write the file of profiles where a server that keeps its files in a folder finds it."""
    config = folder / "CONFIG"
    config.mkdir(parents=True, exist_ok=True)
    sections = [
        "\n".join(
            [
                f"[profiles.{name}.broker]",
                *(f'"{key}" = {json.dumps(value)}' for key, value in broker.items()),
            ]
        )
        for name, broker in profiles.items()
    ]
    (config / "jupyter_stream.toml").write_text("\n\n".join(sections))
