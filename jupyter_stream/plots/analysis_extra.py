"""Libraries that not everyone needs, and what to do where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from types import ModuleType


def needed(module: str, what: str) -> ModuleType:
    """Return a module of a library of the extra `analysis`.

    Parameters
    ----------
    module
        Its full name.
    what
        What it is needed for.

    Raises
    ------
    UsageMistake
        The library is not installed; the text tells how to get it.
    """
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise UsageMistake(
            f"{what} need {library}, which is not installed here: "
            "pip install 'jupyter_stream[analysis]'"
        ) from None
