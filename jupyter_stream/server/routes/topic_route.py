"""The route of one topic."""

from __future__ import annotations

from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading


class TopicRoute(ApiRoute):
    """Tells the partitions, settings and retention of a topic."""

    @reading
    async def get(self, cluster: str, topic: str) -> None:
        """Answer with everything about the topic."""
        name = self.topic(topic)
        self.answer(await self.ask(cluster, lambda one: one.detail(name)))
