"""The list of jobs, for `%stream_jobs`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyter_stream.jobs.job import Job

HEADINGS = (
    "Job",
    "What",
    "State",
    "Files",
    "Files/s",
    "Results",
    "Skipped",
    "Errors",
    "Lag",
    "Trouble",
)


class JobTable:
    """Shows jobs as a table, in text and in HTML.

    Parameters
    ----------
    jobs
        The jobs, oldest first.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._rows = [_row(job) for job in jobs]

    def __repr__(self) -> str:
        if not self._rows:
            return "No jobs."
        table = [HEADINGS, *self._rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        return "\n".join(
            "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()
            for row in table
        )

    def _repr_html_(self) -> str:
        if not self._rows:
            return "<p>No jobs.</p>"
        head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(word)}</td>' for word in row)}</tr>" for row in self._rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(job: Job) -> tuple[str, ...]:
    stats = job.stats
    return (
        job.id,
        job.name,
        job.state.value,
        str(stats.files),
        f"{stats.files_per_second:.1f}",
        str(stats.results),
        str(stats.skipped),
        str(stats.errors),
        "" if stats.lag is None else str(stats.lag),
        job.trouble or job.reason or "",
    )
