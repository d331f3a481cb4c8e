"""`jupyter stream download`: files of a topic to a directory."""

import argparse

from jupyter_stream.cli.attend import attend
from jupyter_stream.cli.cluster_choice import add_cluster_option, chosen_cluster
from jupyter_stream.files.receiving.download import download
from jupyter_stream.jobs.stats import JobStats
from jupyter_stream.options import add_download_options, download_arguments

INCOMPLETE = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "download",
        help="write the files of a topic to a directory",
        description="Write the files of a topic to a directory, each when it is complete and "
        "verified, until Ctrl-C or SIGTERM. The next download to the directory goes on where "
        f"this one stopped. With --until-end the exit code is {INCOMPLETE} if files are missing.",
    )
    add_download_options(parser)
    add_cluster_option(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    cluster = chosen_cluster(options.cluster)
    job = download(options.topic, options.directory, **download_arguments(options), cluster=cluster)
    attend(job, f"downloaded to {options.directory}", "there before")
    return INCOMPLETE if options.until_end and _is_incomplete(job.stats) else 0


def _is_incomplete(stats: JobStats) -> bool:
    return bool(stats.errors or stats.lost or stats.unfinished)
