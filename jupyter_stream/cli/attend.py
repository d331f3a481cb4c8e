"""Running a job from the command line: from its start to its end, asked for or not."""

import time

from jupyter_stream.cli.amounts import bytes_text, counted, duration_text
from jupyter_stream.cli.console import Console
from jupyter_stream.cli.job_monitor import JobMonitor
from jupyter_stream.cli.printable import printable
from jupyter_stream.cli.stop_signals import StopSignals
from jupyter_stream.jobs.job import Job
from jupyter_stream.jobs.stats import JobStats

LOOK_SECONDS = 0.1
_SHORTEST_SECONDS = 0.1


def attend(job: Job, done: str, before: str) -> None:
    """Wait for the end of a job, tell of it meanwhile, and sum it up on standard output.

    Ctrl-C and SIGTERM end it in good order; a second one ends the process at once.

    Parameters
    ----------
    job
        A running upload or download.
    done
        What was done with the files, for the summary: "uploaded to spectra".
    before
        What is said there of files that needed no work: "sent before".

    Raises
    ------
    JobFailed
        The job has failed.
    """
    begin = time.monotonic()
    console = Console()
    monitor = JobMonitor(job, console)
    try:
        with StopSignals() as signals:
            while not job.wait(LOOK_SECONDS):
                if signals.asked:
                    job.ask_to_stop()
                monitor.look()
    finally:
        monitor.finish()
    print(printable(summary(job.stats, done, before, time.monotonic() - begin)), flush=True)
    job.raise_if_failed()


def summary(stats: JobStats, done: str, before: str, seconds: float) -> str:
    """Sum a transfer up in one line.

    Parameters
    ----------
    stats
        Its last numbers.
    done
        What was done with the files.
    before
        What is said of files that needed no work.
    seconds
        How long it took.
    """
    rate = bytes_text(stats.content_bytes / max(seconds, _SHORTEST_SECONDS))
    text = (
        f"{counted(stats.files, 'file', 'files')}, {bytes_text(stats.content_bytes)} {done} "
        f"in {duration_text(seconds)} ({rate}/s)"
    )
    return "; ".join([text, *_others(stats, before)])


def _others(stats: JobStats, before: str) -> list[str]:
    told = (
        (stats.duplicates, before, before),
        (stats.skipped, "skipped", "skipped"),
        (stats.unfinished, "unfinished", "unfinished"),
        (stats.lost, "record lost", "records lost"),
        (stats.errors, "error", "errors"),
    )
    return [counted(number, one, many) for number, one, many in told if number]
