"""The magics: each is one call of the public API, and the display of what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from IPython.core.magic import Magics, line_magic, magics_class

from jupyter_stream.analysis.watch import Watch
from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.receiving.download import Download, download
from jupyter_stream.files.uploading.upload import Upload, upload
from jupyter_stream.jobs import registry
from jupyter_stream.jobs.job import Job
from jupyter_stream.kafka.connect import connect
from jupyter_stream.notebook.display import replace_by_picture
from jupyter_stream.notebook.job_table import JobTable
from jupyter_stream.notebook.magic_parser import (
    connect_parser,
    download_parser,
    jobs_parser,
    stop_parser,
    upload_parser,
)
from jupyter_stream.notebook.present import check_name, present, replace_former
from jupyter_stream.options import download_arguments, upload_arguments

if TYPE_CHECKING:
    from collections.abc import Callable

    from IPython.core.interactiveshell import InteractiveShell

    from jupyter_stream.kafka.local_broker import Progress

INTERRUPT_SECONDS = 0.2


@magics_class
class StreamMagics(Magics):
    """The magics of jupyter_stream."""

    @line_magic
    def stream_connect(self, line: str) -> None:
        """Connect to a Kafka cluster; `%stream_connect --help` tells more."""
        if options := connect_parser().read(line):
            cluster = connect(options.target, on_progress=_progress_teller())
            topics = len(cluster.topics())
            print(  # noqa: T201 - the answer of the magic
                f"Connected to {cluster.description}: {topics} topic{'' if topics == 1 else 's'}"
            )

    @line_magic
    def stream_upload(self, line: str) -> None:
        """Send files to a topic; `%stream_upload --help` tells more."""
        if options := upload_parser().read(line):
            check_name(options.to)
            arguments = upload_arguments(options)
            replace_former(Upload)
            job = upload(options.path, options.topic, **arguments)
            present(job, self._names, options.to)
            if not options.watch:
                _wait_for(job)

    @line_magic
    def stream_download(self, line: str) -> None:
        """Write the files of a topic to a directory; `%stream_download --help` tells more."""
        if options := download_parser().read(line):
            check_name(options.to)
            replace_former(Download)
            job = download(options.topic, options.directory, **download_arguments(options))
            present(job, self._names, options.to)
            if options.until_end:
                _wait_for(job)

    @line_magic
    def stream_jobs(self, line: str) -> JobTable | None:
        """List the jobs of this notebook."""
        return JobTable(registry.list_jobs()) if jobs_parser().read(line) else None

    @line_magic
    def stream_stop(self, line: str) -> JobTable | None:
        """Stop jobs; `%stream_stop --help` tells more."""
        options = stop_parser().read(line)
        if options is None:
            return None
        names = [self._job_id(name) for name in options.job]
        stopped = registry.stop(registry.running() if options.all else _chosen(names))
        for job in stopped:
            replace_by_picture(job)
        return JobTable(stopped)

    @property
    def _names(self) -> dict[str, Any]:
        """The names of the notebook."""
        names: dict[str, Any] = cast("InteractiveShell", self.shell).user_ns
        return names

    def _job_id(self, name: str) -> str:
        """Return the id of the job that a name of the notebook means, or the name itself."""
        value = self._names.get(name)
        return value.id if isinstance(value, Job) else name


def _progress_teller() -> Callable[[Progress], None]:
    told: set[str] = set()

    def tell(progress: Progress) -> None:
        if progress.step not in told:
            told.add(progress.step)
            print(f"{progress.step} ...", flush=True)  # noqa: T201 - the first start takes a while

    return tell


def _wait_for(job: Job) -> None:
    try:
        while not job.wait(INTERRUPT_SECONDS):
            pass
    except KeyboardInterrupt:
        job.stop()
        raise
    job.raise_if_failed()


def _chosen(names: list[str]) -> tuple[Job, ...]:
    running = registry.running()
    if not names:
        if len(running) > 1:
            listed = ", ".join(f"{job.id} ({job.name})" for job in running)
            raise UsageMistake(f"several jobs run: {listed}; name them, or use --all")
        return running
    unknown = [name for name in names if not any(_is_meant(job, name) for job in running)]
    if unknown:
        raise UsageMistake(f"no running job is called {', '.join(unknown)}; see %stream_jobs")
    return tuple(job for job in running if any(_is_meant(job, name) for name in names))


def _is_meant(job: Job, name: str) -> bool:
    if isinstance(job, Watch):
        return name in (job.id, job.topic, *job.topics)
    return name == job.id or (isinstance(job, Upload | Download) and name == job.topic)
