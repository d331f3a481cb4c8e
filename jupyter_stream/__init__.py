"""Kafka streams in Jupyter notebooks: files arrive, are analysed and plotted live.

Everything public is here, and loaded when it is first used, so that the import is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jupyter_stream.errors import (
    BadChunk,
    BrokerStartFailed,
    ClusterRefused,
    ClusterUnreachable,
    DiskFull,
    FileChanged,
    FileNotInTopic,
    FileTooLarge,
    FormatError,
    JavaNotFound,
    JavaTooOld,
    JobFailed,
    KafkaNotObtainable,
    LedgerError,
    LedgerInUse,
    LedgerNotWritten,
    LocalBrokerError,
    NoSuchPath,
    NotAChunk,
    NotConnected,
    NotStored,
    PortTaken,
    ProfileError,
    RecordNotFound,
    RecordTooLarge,
    StreamError,
    TimeUsedUp,
    TopicNotCreated,
    TopicNotFound,
    Undecodable,
    Unplottable,
    UnreadableSpectrum,
    UnsafePath,
    UsageMistake,
    WriteFailed,
)

if TYPE_CHECKING:
    from jupyter_stream.analysis.analysis_error import AnalysisError
    from jupyter_stream.analysis.received_record import ReceivedRecord
    from jupyter_stream.analysis.records import records
    from jupyter_stream.analysis.result import Result
    from jupyter_stream.analysis.watch import Watch, watch
    from jupyter_stream.files.receiving.download import Download, download
    from jupyter_stream.files.receiving.receive import FileStream, receive
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.uploading.upload import Upload, upload
    from jupyter_stream.jobs.registry import list_jobs, stop_all
    from jupyter_stream.jobs.stats import JobStats
    from jupyter_stream.kafka.cluster import Cluster
    from jupyter_stream.kafka.connect import connect
    from jupyter_stream.notebook.dashboard import dashboard
    from jupyter_stream.plots.image import Image
    from jupyter_stream.plots.spectrum import Spectrum

__all__ = [
    "AnalysisError",
    "BadChunk",
    "BrokerStartFailed",
    "Cluster",
    "ClusterRefused",
    "ClusterUnreachable",
    "DiskFull",
    "Download",
    "FileChanged",
    "FileNotInTopic",
    "FileStream",
    "FileTooLarge",
    "FormatError",
    "Image",
    "JavaNotFound",
    "JavaTooOld",
    "JobFailed",
    "JobStats",
    "KafkaNotObtainable",
    "LedgerError",
    "LedgerInUse",
    "LedgerNotWritten",
    "LocalBrokerError",
    "NoSuchPath",
    "NotAChunk",
    "NotConnected",
    "NotStored",
    "PortTaken",
    "ProfileError",
    "ReceivedFile",
    "ReceivedRecord",
    "RecordNotFound",
    "RecordTooLarge",
    "Result",
    "Spectrum",
    "StreamError",
    "TimeUsedUp",
    "TopicNotCreated",
    "TopicNotFound",
    "Undecodable",
    "Unplottable",
    "UnreadableSpectrum",
    "UnsafePath",
    "Upload",
    "UsageMistake",
    "Watch",
    "WriteFailed",
    "connect",
    "dashboard",
    "download",
    "list_jobs",
    "receive",
    "records",
    "stop_all",
    "upload",
    "watch",
]

_HOMES = {
    "AnalysisError": "analysis.analysis_error",
    "Cluster": "kafka.cluster",
    "Download": "files.receiving.download",
    "FileStream": "files.receiving.receive",
    "Image": "plots.image",
    "JobStats": "jobs.stats",
    "ReceivedFile": "files.receiving.received_file",
    "ReceivedRecord": "analysis.received_record",
    "Result": "analysis.result",
    "Spectrum": "plots.spectrum",
    "Upload": "files.uploading.upload",
    "Watch": "analysis.watch",
    "connect": "kafka.connect",
    "dashboard": "notebook.dashboard",
    "download": "files.receiving.download",
    "list_jobs": "jobs.registry",
    "receive": "files.receiving.receive",
    "records": "analysis.records",
    "stop_all": "jobs.registry",
    "upload": "files.uploading.upload",
    "watch": "analysis.watch",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"jupyter_stream.{_HOMES[name]}"), name)
    if name == "__version__":
        return import_module("importlib.metadata").version("jupyter_stream")
    raise AttributeError(f"module 'jupyter_stream' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def load_ipython_extension(shell: Any) -> None:
    """Make the magics available; IPython calls this for `%load_ext jupyter_stream`.

    Parameters
    ----------
    shell
        The IPython shell.
    """
    from jupyter_stream.notebook.extension import load  # noqa: PLC0415 - loads Bokeh and Kafka

    load(shell)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-stream"}]
