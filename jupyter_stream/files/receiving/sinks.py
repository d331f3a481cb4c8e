"""The places that received files go to."""

from jupyter_stream.files.receiving.disk_sink import DiskSink
from jupyter_stream.files.receiving.memory_sink import MemorySink
from jupyter_stream.files.receiving.part import Part, Sink

__all__ = ["DiskSink", "MemorySink", "Part", "Sink"]
