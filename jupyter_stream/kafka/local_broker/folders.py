"""Where the local broker keeps things."""

from pathlib import Path

from jupyter_core.paths import jupyter_data_dir
from platformdirs import user_cache_path


def default_directory() -> Path:
    """Return the folder of the user's local broker: its data, settings and log."""
    return Path(jupyter_data_dir()) / "jupyter_stream" / "broker"


def default_cache() -> Path:
    """Return the user's folder for what can be fetched again."""
    return user_cache_path("jupyter_stream", appauthor=False)
