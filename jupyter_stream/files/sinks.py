"""The places that received files go to."""

from jupyter_stream.files.disk_sink import DiskSink
from jupyter_stream.files.memory_sink import MemorySink
from jupyter_stream.files.part import Part, Sink

__all__ = ["DiskSink", "MemorySink", "Part", "Sink"]
