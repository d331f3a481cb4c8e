"""The body of a cell as a function of one item."""

from __future__ import annotations

import ast
import inspect
import linecache
import traceback
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "analysis"
# What an item is called within the body: one name for files, one for records.
FILE, RECORD = "file", "record"


def compile_analysis(
    magic: str, body: str, where: str, names: dict[str, Any]
) -> Callable[[Any], Any]:
    """Make a function of the body of a cell.

    Within the body the item is called `file` and `record`. The value of the last expression is
    the result; where an `if`, `with` or `try` comes last, the last expression in it. What the
    body assigns is its own, unless it says `global`.

    Parameters
    ----------
    magic
        The first line of the cell, as tracebacks show it.
    body
        The other lines.
    where
        What tracebacks call the cell.
    names
        The names of the notebook, which the body can read.

    Raises
    ------
    UsageMistake
        The body is no Python, or has no result.
    """
    # One line stands above the body, and lines are counted as the notebook counts them.
    source = f"\n{body}"
    try:
        module = ast.parse(source, where)
        _return_last(module.body)
        code = compile(_as_function(module), where, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        told = "".join(traceback.format_exception_only(error)).rstrip()
        raise UsageMistake(f"the cell is no Python that can analyse an item:\n{told}") from None
    made: dict[str, Any] = {}
    exec(code, names, made)  # noqa: S102 - the user's own cell
    # Kept for as long as a traceback may ask for it; a file of that name there is not.
    lines = f"{magic}{source}".splitlines(keepends=True)
    linecache.cache[where] = (len(body), None, lines, where)
    function: Callable[[Any], Any] = made[NAME]
    if inspect.isgeneratorfunction(function):
        raise UsageMistake("the cell must not yield: it has one result for each item")
    return function


def _as_function(module: ast.Module) -> ast.Module:
    function = ast.parse(f"def {NAME}({FILE}):\n    {RECORD} = {FILE}").body[0]
    assert isinstance(function, ast.FunctionDef)  # noqa: S101 - for the type checker
    # Lines of ours must not be taken for lines of the cell.
    for node in ast.walk(function):
        node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
    function.body.extend(module.body)
    module.body = [function]
    return module


def _return_last(block: list[ast.stmt]) -> None:
    if not _gives_result(block) and not any(map(_returns, block)):
        raise UsageMistake(
            "the cell has no result: its last line has to be an expression, such as a name; "
            f"the item is called `{FILE}`, or `{RECORD}`"
        )


def _returns(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return isinstance(node, ast.Return) or any(map(_returns, ast.iter_child_nodes(node)))


def _gives_result(block: list[ast.stmt]) -> bool:
    """Return what a block's last expression gives; say whether there is one."""
    if not block:
        return False
    match block[-1]:
        case ast.Expr(value=value) as last:
            block[-1] = ast.copy_location(ast.Return(value), last)
            return True
        case ast.If(body=body, orelse=other):
            return max(_gives_result(body), _gives_result(other))
        case ast.With(body=body):
            return _gives_result(body)
        case ast.Try(body=body, handlers=handlers, orelse=other):
            ends = [other or body, *(handler.body for handler in handlers)]
            # Each of them has to be gone through.
            return max(map(_gives_result, ends))
    return False
