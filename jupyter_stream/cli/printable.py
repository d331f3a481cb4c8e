"""Text from elsewhere, such as names of files, made safe to print."""

_KEPT = "\n\t"


def printable(text: str) -> str:
    r"""Write what a terminal could take for a command, and broken characters, as escapes.

    Parameters
    ----------
    text
        Any text; its lines and tabs are kept.

    Returns
    -------
    str
        The text, with an escape character as ``\x1b`` for example.
    """
    return "".join(
        sign if sign.isprintable() or sign in _KEPT else sign.encode("unicode_escape").decode()
        for sign in text
    )
