"""The route of all topics of a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_stream.kafka.inspection.listing import is_internal
from jupyter_stream.server.parameters import read_choice
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic in the list.

    Attributes
    ----------
    name
        Its name.
    partitions
        How many it has.
    internal
        Whether it is Kafka's own.
    """

    name: str
    partitions: int
    internal: bool


@dataclass(frozen=True, slots=True)
class TopicEntries:
    """All topics.

    Attributes
    ----------
    topics
        By name.
    time
        When the cluster said so, in epoch seconds.
    """

    topics: list[TopicEntry]
    time: float


class TopicsRoute(ApiRoute):
    """Lists the topics that may be seen."""

    @reading
    async def get(self, cluster: str) -> None:
        """Answer with the topics; `fresh=1` asks the cluster now."""
        fresh = read_choice("fresh", self.parameter("fresh") or "0", ("0", "1")) == "1"
        listing = await self.ask(cluster, lambda one: one.listing(fresh=fresh), anew=fresh)
        entries = [
            TopicEntry(name, len(partitions), is_internal(name))
            for name, partitions in sorted(listing.topics.items())
            if self.served.rules.allow(name)
        ]
        self.answer(TopicEntries(entries, listing.time))
