"""How a file was cut: every chunk tells it, and most contradictions show in one chunk."""

from typing import NamedTuple

from jupyter_stream.errors import BadChunk
from jupyter_stream.formats.chunk import Chunk


class Layout(NamedTuple):
    """The cut of a file: `total` chunks of `stride` bytes, the last one possibly shorter."""

    total: int
    stride: int

    @property
    def capacity(self) -> int:
        """The most bytes that such a file can have."""
        return self.total * self.stride

    @property
    def least_size(self) -> int:
        """The fewest bytes that such a file can have."""
        return min(self.capacity, (self.total - 1) * self.stride + 1)


def layout_of(chunk: Chunk) -> Layout:
    """Derive the cut of the whole file from one of its chunks.

    Raises
    ------
    BadChunk
        The chunk fits no cut into equal pieces: it would overlap another or leave a gap.
    """
    stride, rest = len(chunk.data), 0
    if chunk.index > 1:
        stride, rest = divmod(chunk.offset, chunk.index - 1)
    too_long = len(chunk.data) > stride
    too_short = len(chunk.data) < stride and chunk.index < chunk.total
    if rest or too_long or too_short:
        raise BadChunk(
            f"Chunk {chunk.index} of {chunk.total} of {chunk.path!r} has {len(chunk.data)} bytes "
            f"at byte {chunk.offset}: it would overlap its neighbours or leave a gap."
        )
    return Layout(chunk.total, stride)
