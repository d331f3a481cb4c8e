"""The functions that the user has in the notebook."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Callable


def functions(shell: Any) -> dict[str, Callable[..., Any]]:
    """Return what can be called in the notebook, by its name, without what IPython put there.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    return {
        name: value
        for name, value in shell.user_ns.items()
        if callable(value) and not name.startswith("_") and name not in shell.user_ns_hidden
    }


def function_called(name: str, shell: Any) -> Callable[..., Any]:
    """Return the function of the notebook that has a name.

    Parameters
    ----------
    name
        The name.
    shell
        The IPython shell.

    Raises
    ------
    UsageMistake
        There is no such function; the text names the nearest ones.
    """
    known = functions(shell)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 3)
    advice = f"did you mean {' or '.join(near)}?" if near else "define it in a cell first"
    if "." in name:
        advice = "--apply takes a plain name; define a function that calls it"
    raise UsageMistake(f"there is no function {name!r} in this notebook; {advice}")
