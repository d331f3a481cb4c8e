"""What `%load_ext jupyter_stream` does."""

from __future__ import annotations

from typing import Any

from jupyter_stream.jobs.job import Job
from jupyter_stream.notebook.completion import register_completion
from jupyter_stream.notebook.display import mime_bundle
from jupyter_stream.notebook.frame_server import serve_frames
from jupyter_stream.notebook.headless import draw_after_cells
from jupyter_stream.notebook.jobs_channel_server import serve_jobs
from jupyter_stream.notebook.magics import StreamMagics
from jupyter_stream.notebook.watch_magics import WatchMagics


def load(shell: Any) -> None:
    """Register the magics, their completion, and the display of jobs.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    serve_frames()
    serve_jobs()
    shell.register_magics(StreamMagics, WatchMagics)
    register_completion(shell)
    draw_after_cells(shell)
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(Job, mime_bundle)
