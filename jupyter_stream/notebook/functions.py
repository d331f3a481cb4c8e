"""The functions that the user has in the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
