"""An assembler whose files are finished after each chunk: what a test adds, it sees completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.files.receiving.assemble import Assembler
from jupyter_stream.files.receiving.completed import CompletedFiles
from jupyter_stream.formats.chunk import verify

if TYPE_CHECKING:
    from jupyter_stream.files.receiving.assembly_limits import AssemblyLimits
    from jupyter_stream.files.receiving.part import Sink
    from jupyter_stream.files.receiving.received_file import ReceivedFile
    from jupyter_stream.files.receiving.register import Register
    from jupyter_stream.formats.chunk import Chunk


class Assembling(Assembler):
    """Verifies, assembles and finishes chunk by chunk."""

    def __init__(
        self,
        sink: Sink[Any],
        limits: AssemblyLimits | None = None,
        register: Register | None = None,
        **options: Any,
    ) -> None:
        self.register = CompletedFiles() if register is None else register
        super().__init__(sink, limits, register=self.register, **options)

    def receive(self, topic: str, partition: int, offset: int, chunk: Chunk) -> ReceivedFile | None:
        """Take one chunk, give the file that it completes, and raise what is wrong."""
        verify(chunk)
        self.add(topic, partition, offset, chunk)
        finished = self.finish(wait=True)
        new = self.register.enter(finished.completions, {})
        for _, error in finished.refusals:
            raise error
        if finished.trouble:
            raise finished.trouble
        return new[0] if new else None
