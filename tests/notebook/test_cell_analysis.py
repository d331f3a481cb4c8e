"""The body of a cell as the analysis of an item."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.notebook.cell_analysis import compile_analysis


def compiled(body: str, **names: Any) -> Any:
    """Compile a body as the third cell of a notebook."""
    return compile_analysis("%%stream_watch topic", body, "Cell In[3]", names)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("file * 2", 42),
        ("record + 1\n", 22),
        ("half = file / 2\nhalf", 10.5),
        ("if file > 20:\n    'much'\nelse:\n    'little'", "much"),
        ("try:\n    file / 0\nexcept ZeroDivisionError:\n    'none'", "none"),
        ("try:\n    file\nexcept ValueError:\n    1\nelse:\n    'all well'", "all well"),
        ("import contextlib\nwith contextlib.suppress(ValueError):\n    file", 21),
        ("if file:\n    return 'early'\nfile", "early"),
        ("for step in range(file):\n    return step", 0),
        ("def twice(x):\n    return 2 * x\ntwice(file)", 42),
        ("'# not \\n a comment'", "# not \n a comment"),
        ("if file < 0:\n    file", None),
    ],
)
def test_the_last_expression_is_the_result(body: str, result: Any) -> None:
    assert compiled(body)(21) == result


def test_names_of_the_notebook_are_read_when_an_item_comes() -> None:
    names = {"factor": 2}
    function = compile_analysis("%%stream_watch t", "file * factor", "Cell In[4]", names)
    assert function(10) == 20
    names["factor"] = 3
    assert function(10) == 30


def test_what_the_body_assigns_is_its_own_unless_it_says_global() -> None:
    names: dict[str, Any] = {"total": 0}
    body = "global total\nown = file\ntotal += own\ntotal"
    function = compile_analysis("%%stream_watch t", body, "Cell In[5]", names)
    assert [function(1), function(2)] == [1, 3]
    assert names["total"] == 3
    assert "own" not in names
    assert "analysis" not in names


def test_a_traceback_shows_the_lines_of_the_cell() -> None:
    function = compiled("width = 0\nfile / width")
    with pytest.raises(ZeroDivisionError) as caught:
        function(1)
    told = "".join(traceback.format_tb(caught.value.__traceback__)[1:])
    assert told.splitlines()[:2] == [
        '  File "Cell In[3]", line 3, in analysis',
        "    file / width",
    ]


def test_the_line_above_the_body_is_the_magic() -> None:
    function = compiled("file.size")
    with pytest.raises(AttributeError, match="has no attribute 'size'") as caught:
        function(1)
    assert "line 2, in analysis\n    file.size" in "".join(
        traceback.format_tb(caught.value.__traceback__)
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("x = file[", 'File "Cell In[3]", line 2'),
        ("x = 1\n  y = 2\ny", "IndentationError: unexpected indent"),
        ("await file", "'await' outside async function"),
        ("\x00", "null bytes"),
        ("", "no result"),
        ("# nothing", "no result"),
        ("x = file", "its last line has to be an expression"),
        ("for x in file:\n    x", "no result"),
        ("def inner(x):\n    return x", "no result"),
        ("yield file\nfile", "must not yield"),
    ],
)
def test_a_body_that_cannot_analyse_is_told(body: str, told: str) -> None:
    with pytest.raises(UsageMistake) as caught:
        compiled(body)
    assert told in str(caught.value)
