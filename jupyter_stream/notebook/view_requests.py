"""What a view can ask for: commands to its job, settings of its plot, pictures and files of it."""

from __future__ import annotations

from typing import Any

from jupyter_stream.errors import StreamError
from jupyter_stream.jobs.job import Job
from jupyter_stream.notebook.link import Message
from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.notebook.stills import png

COMMANDS = {"pause": Job.pause, "resume": Job.resume, "stop": Job.ask_to_stop}


def answered(job: Job, data: dict[str, Any]) -> Message | None:
    """Do what a view asks for, and return what it is answered, if anything.

    Parameters
    ----------
    job
        What the view shows.
    data
        The message; one of an unknown type is left alone.
    """
    plot = plot_of(job)
    try:
        match data:
            case {"type": "command", "command": str(command)} if command in COMMANDS:
                COMMANDS[command](job)
            case {"type": "picture"}:
                drawn = png(job)
                return Message({"type": "picture", "text": repr(job)}, [drawn] if drawn else [])
            case {"type": "configure", "settings": dict(settings)} if plot is not None:
                plot.configure(settings)
    except StreamError as error:
        return Message({"type": "refused", "reason": str(error)}, [])
    return None
