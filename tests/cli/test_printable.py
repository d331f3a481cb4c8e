"""What names of files must not do to a terminal."""

import pytest

from jupyter_stream.cli.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b/ä-光.dat", "a b/ä-光.dat"),
        ("two\n\tlines", "two\n\tlines"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("over\rwritten\x07", "over\\rwritten\\x07"),
        ("no UTF-8: \udcff", "no UTF-8: \\udcff"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
    ],
)
def test_commands_and_broken_characters_are_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown
    printable(text).encode()
