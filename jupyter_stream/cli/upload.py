"""`jupyter stream upload`: files to a topic."""

import argparse
from functools import partial

from jupyter_stream.cli.attend import attend
from jupyter_stream.cli.cluster_choice import add_cluster_option, chosen_cluster
from jupyter_stream.errors import UsageMistake
from jupyter_stream.files.uploading.upload import upload
from jupyter_stream.options import add_upload_options, upload_arguments


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `jupyter stream`."""
    parser = subparsers.add_parser(
        "upload",
        help="send files to a topic",
        description="Send a file, or all files below a directory, to a topic. With --watch it "
        "goes on until Ctrl-C or SIGTERM. What was sent before is not sent again. The exit code "
        "is 1 if a file could not be sent.",
    )
    add_upload_options(parser)
    add_cluster_option(parser)
    parser.set_defaults(run=partial(_run, parser))


def _run(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    try:
        arguments = upload_arguments(options)
    except UsageMistake as mistake:
        parser.error(str(mistake))
    cluster = chosen_cluster(options.cluster)
    job = upload(options.path, options.topic, **arguments, cluster=cluster)
    attend(job, f"uploaded to {options.topic}", "sent before")
    return 0
