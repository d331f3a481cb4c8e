"""Handing a job that a magic has started to the user: by name, and on the screen."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import UsageMistake
from jupyter_stream.notebook import cells
from jupyter_stream.notebook.display import forget, show

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job


def check_name(name: str | None) -> None:
    """See that a job can get a name.

    Parameters
    ----------
    name
        What stands behind `--to`; None for no name.

    Raises
    ------
    UsageMistake
        Python allows no such name.
    """
    if name is not None and (not name.isidentifier() or iskeyword(name)):
        raise UsageMistake(f"--to {name}: that is no name that Python allows")


def replace_former(kind: type[Job]) -> None:
    """Stop the jobs of a kind that the cell started when it ran before, and let their views go.

    Parameters
    ----------
    kind
        The class of the jobs.
    """
    for former in cells.stop_former(kind):
        forget(former)


def present(job: Job, names: dict[str, Any], name: str | None, recipe: Any = None) -> None:
    """Give a job its name in the notebook, and show it under the running cell.

    Parameters
    ----------
    job
        The job.
    names
        The names of the notebook.
    name
        The job's name there; None for none.
    recipe
        What the job was made from, where that matters when the cell is run again.
    """
    cells.remember(job, recipe)
    if name:
        names[name] = job
    show(job)
