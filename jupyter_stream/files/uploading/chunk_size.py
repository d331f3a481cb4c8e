"""How large chunks may be, so that a topic takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.files.uploading.split import CHUNK_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST_BYTES = 4096
# What a record has beyond its data: names in key and value, hashes, the head of its batch.
ENVELOPE_BYTES = 4096
_TITLE = "Chunks are smaller than asked for, because the topic takes no larger records"


class ChunkSize:
    """The size of chunks, which becomes smaller when it is too large for the topic.

    Parameters
    ----------
    wanted
        Bytes of data in each chunk but the last; None for the usual 512 KiB.
    limit
        How many bytes the topic takes at once; None if that is not known.
    tell
        Told in a title and a detail when the size becomes smaller.
    """

    def __init__(
        self, wanted: int | None, limit: int | None, tell: Callable[[str, str], None]
    ) -> None:
        self._tell = tell
        self._wanted = self.bytes = wanted or CHUNK_BYTES
        self.follow(limit)

    def follow(self, limit: int | None) -> None:
        """Choose the size anew.

        Parameters
        ----------
        limit
            How many bytes the topic takes at once; None if that is not known.
        """
        self.bytes = self._wanted
        if limit is not None and self.bytes > (most := max(SMALLEST_BYTES, limit - ENVELOPE_BYTES)):
            self._shrink(most, f"its max.message.bytes is {limit}")

    def shrink(self, refused: int) -> bool:
        """Halve the size after a refusal, and say whether it is worth trying again.

        Parameters
        ----------
        refused
            The size of the chunks that were refused.
        """
        if refused <= SMALLEST_BYTES:
            return False
        # Several files may have been on their way with the size that was too large.
        if refused <= self.bytes:
            self._shrink(max(SMALLEST_BYTES, refused // 2), f"{refused} bytes were refused")
        return True

    def _shrink(self, size: int, reason: str) -> None:
        self.bytes = size
        self._tell(_TITLE, f"Chunks have {size} bytes now: {reason}.")
