"""`%stream_watch`, and `%%stream_watch` whose body is the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from IPython.core.magic import Magics, line_cell_magic, magics_class

from jupyter_stream.analysis.watch import Watch, watch
from jupyter_stream.errors import UsageMistake
from jupyter_stream.notebook import cells
from jupyter_stream.notebook.cell_analysis import compile_analysis
from jupyter_stream.notebook.functions import function_called
from jupyter_stream.notebook.present import check_name, present, replace_former
from jupyter_stream.notebook.watch_parser import watch_arguments, watch_cell_parser, watch_parser

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

    Analysis = Callable[[Any], Any]


@magics_class
class WatchMagics(Magics):
    """The magics that watch topics."""

    @line_cell_magic
    def stream_watch(self, line: str, cell: str | None = None) -> None:
        """Watch topics live; `%stream_watch --help` and `%%stream_watch --help` tell more."""
        if cell is None:
            if options := watch_parser().read(line):
                self._watch_line(options)
        elif options := watch_cell_parser().read(line):
            self._watch_cell(options, line, cell)

    def _watch_line(self, options: Namespace) -> None:
        check_name(options.to)
        function = function_called(options.apply, self._shell) if options.apply else None
        self._start(options, function)

    def _watch_cell(self, options: Namespace, line: str, body: str) -> None:
        check_name(options.to)
        where = f"Cell In[{self._running_number()}]"
        magic = f"%%stream_watch {line}"
        running = cells.former(Watch, _recipe(options))
        try:
            function = compile_analysis(magic, body, where, self._shell.user_ns)
        except UsageMistake as error:
            if running is None:
                raise
            goes_on = f"{running.name} goes on with the analysis of before"
            raise UsageMistake(f"{error}\n{goes_on}") from None
        if isinstance(running, Watch):
            running.replace_analysis(function)
            present(running, self._shell.user_ns, options.to, _recipe(options))
        else:
            self._start(options, function)

    def _start(self, options: Namespace, function: Analysis | None) -> None:
        replace_former(Watch)
        job = watch(*options.topics, apply=function, **watch_arguments(options))
        present(job, self._shell.user_ns, options.to, _recipe(options))

    def _running_number(self) -> int | str:
        """Return the number of the running cell; the shell itself may be ahead by one."""
        running = self._shell.displayhook.exec_result
        return (running and running.execution_count) or "*"

    @property
    def _shell(self) -> InteractiveShell:
        return cast("InteractiveShell", self.shell)


def _recipe(options: Namespace) -> Any:
    """Return what makes two watches the same, whatever their analysis is."""
    return options.topics, watch_arguments(options)
