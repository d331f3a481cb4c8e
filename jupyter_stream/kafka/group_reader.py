"""Reading a topic as a member of a consumer group (work in progress)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.kafka.reader import TopicReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.kafka.profile import Profile
    from jupyter_stream.kafka.start import Start


class GroupReader(TopicReader):
    """Reads the partitions of a topic that its group gives it."""

    def __init__(
        self,
        profile: Profile,
        topic: str,
        group: str,
        start: Start,
        on_revoked: Callable[[set[int]], None],
    ) -> None:
        super().__init__(profile, topic, start)
        self.group = group
        self.on_revoked = on_revoked
