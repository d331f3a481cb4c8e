"""What a view of a job is shown: the figure, and what is new since the frame before."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from jupyter_stream.analysis.watch import Watch
from jupyter_stream.formats.frame import pack_frame
from jupyter_stream.notebook.card import card, problem_list
from jupyter_stream.notebook.plotted import plot_of
from jupyter_stream.notebook.view_requests import answered
from jupyter_stream.plots.bokeh_figures import bokeh_version, figure_item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from jupyter_stream.jobs.job import Job
    from jupyter_stream.notebook.link import Message
    from jupyter_stream.plots.plot_model import PlotModel


_lock = Lock()
_contents: set[FrameContent] = set()


def is_viewed(job: Job) -> bool:
    """Say whether a browser shows a job.

    Parameters
    ----------
    job
        The job.
    """
    with _lock:
        return any(content.job is job for content in _contents)


class FrameContent:
    """Knows what one view was told of a job.

    Parameters
    ----------
    job
        What is viewed.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._introduced = False
        self._plot: PlotModel | None = None
        self._held: PlotModel | None = None
        self._settings: Mapping[str, Any] = {}
        self._side = 0
        self.restart()
        with _lock:
            _contents.add(self)

    @property
    def job(self) -> Job:
        """What is viewed."""
        return self._job

    @property
    def has_plot_news(self) -> bool:
        """Whether there is something on the plot that the view was not told."""
        self._keep_up()
        shown = self._held or self._plot
        return shown is not None and shown.version != self._plot_version

    @property
    def has_card_news(self) -> bool:
        """Whether there is something about the job that the view was not told."""
        return self._job.version != self._job_version or self._behind() != self._told_behind

    @property
    def seconds_between(self) -> float:
        """How much time must lie between two pictures of the plot, in seconds."""
        rate = self._job.max_rate if isinstance(self._job, Watch) else None
        return 1 / rate if rate else 0.0

    def figure(self) -> dict[str, Any] | None:
        """Return the message with the empty figure that the view embeds; None if it has it."""
        plot = plot_of(self._job)
        if self._introduced and plot is self._plot:
            return None
        self._introduced = True
        self._plot = plot
        self._held = None
        self.restart()
        return {
            "type": "figure",
            "kind": plot and plot.kind,
            "item": plot and figure_item(plot.kind, self._job.name),
            "bokeh": bokeh_version(),
        }

    def forget_figure(self) -> None:
        """Have the figure told again: the view lacks it."""
        self._introduced = False

    def close(self) -> None:
        """Be shown no more."""
        with _lock:
            _contents.discard(self)

    def restart(self) -> None:
        """Tell everything again with the next frame."""
        self._job_version = -1
        self._plot_version = 0
        self._told_behind: int | None = None
        self._card: dict[str, Any] | None = None
        self._problems: list[dict[str, Any]] | None = None

    def hold(self, total: int | None) -> None:
        """Hold the plot as it is seen, or let it go on.

        Parameters
        ----------
        total
            How many results had been added to what is seen; None to let it go on.
        """
        if total is None or self._plot is None:
            self._held = None
        elif self._held is None:
            self._settings = self._plot.settings
            self._held = self._plot.held(total)

    def pack(self, sequence: int, reset: bool, transport: str, *, with_plot: bool) -> bytes:
        """Return the next frame.

        Parameters
        ----------
        sequence
            Its number.
        reset
            Whether it holds everything, and what came before is void.
        transport
            The way that it goes.
        with_plot
            Whether to tell what is new on the plot; it is kept for a later frame otherwise.
        """
        former_version, self._job_version = self._job_version, self._job.version
        has_changed = self._job_version != former_version
        behind = self._told_behind = self._behind()
        plot, columns = self._new_plot() if with_plot else (None, [])
        header = {
            "sequence": sequence,
            "reset": reset,
            "transport": transport,
            "card": self._new_card() if has_changed else None,
            "problems": self._new_problems() if has_changed else None,
            "plot": plot,
            "behind": behind,
        }
        return pack_frame(header, columns)

    def receive(self, data: dict[str, Any]) -> Message | None:
        """Do what the view asks for, and return what it is answered, if anything.

        Parameters
        ----------
        data
            The message; one of an unknown type is left alone.
        """
        if data.get("type") == "size":
            self._show_within(data["side"])
            return None
        answer = answered(self._job, data, self._held)
        self._settings = self._plot.settings if self._plot else {}
        return answer

    def _show_within(self, side: int) -> None:
        """Have images as large as the largest of all views of the plot shows them."""
        self._side = side
        with _lock:
            largest = max(content.side_of(self._plot) for content in _contents)
        if self._plot is not None and self._plot.settings.get("max_side", largest) != largest:
            self._plot.configure({"max_side": largest})

    def side_of(self, plot: PlotModel | None) -> int:
        """Return how large the view shows the images of a plot: its longest side in pixels.

        Parameters
        ----------
        plot
            The plot.
        """
        return self._side if plot is self._plot else 0

    def _behind(self) -> int | None:
        """Return how many results the plot that is held lacks; None if it goes on."""
        if self._held is None or self._plot is None:
            return None
        return self._plot.total - self._held.total

    def _keep_up(self) -> None:
        """Let what is set elsewhere act on a plot that is held too."""
        if self._held is None or self._plot is None or self._plot.settings is self._settings:
            return
        self._settings = self._plot.settings
        self._held.follow(self._plot)

    def _new_plot(self) -> tuple[dict[str, Any] | None, list[NDArray[Any]]]:
        shown = self._held or self._plot
        if shown is None or shown.version == self._plot_version:
            return None, []
        state = shown.since(self._plot_version)
        self._plot_version = state.version
        return state.header, state.columns

    def _new_card(self) -> dict[str, Any] | None:
        shown, self._card = self._card, card(self._job)
        return self._card if self._card != shown else None

    def _new_problems(self) -> list[dict[str, Any]] | None:
        shown, self._problems = self._problems, problem_list(self._job)
        return self._problems if self._problems != shown else None
