"""What a view can ask for: commands to its job, settings of its plot, pictures and files of it."""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import StreamError
from jupyter_stream.notebook.link import Message
from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.notebook.stills import png
from jupyter_stream.plots.export import export_bytes

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job
    from jupyter_stream.plots.plot_model import PlotModel

# By name: each kind of job has more to do than the one before.
COMMANDS = {
    "pause": methodcaller("pause"),
    "resume": methodcaller("resume"),
    "stop": methodcaller("ask_to_stop"),
}
# What a file of a format is called behind the dot, and what kind of thing it is.
FILES = {
    "csv": (".csv", "text/csv"),
    "npz": (".npz", "application/octet-stream"),
    "hdf5": (".h5", "application/x-hdf5"),
}


def answered(job: Job, data: dict[str, Any], held: PlotModel | None) -> Message | None:
    """Do what a view asks for, and return what it is answered, if anything.

    Parameters
    ----------
    job
        What the view shows.
    data
        The message; one of an unknown type is left alone.
    held
        The plot as the view holds it; None if it shows what comes. What is asked for is about
        what is seen.
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
                _configure(plot, held, settings)
            case {"type": "export", "format": str(name)} if plot is not None and name in FILES:
                return _file(held or plot, job.name, name)
    except StreamError as error:
        return Message({"type": "refused", "reason": str(error)}, [])
    return None


def _configure(plot: PlotModel, held: PlotModel | None, settings: dict[str, Any]) -> None:
    (held or plot).configure(settings)
    if held is not None:
        plot.follow(held)


def _file(plot: PlotModel, title: str, name: str) -> Message:
    suffix, mime = FILES[name]
    # The title may hold what a file system does not take, such as the pattern of a topic.
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in title)
    content = export_bytes(plot, name)
    return Message({"type": "file", "name": safe + suffix, "mime": mime}, [content])
