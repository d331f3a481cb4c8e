"""The route of a topic's consumer groups."""

from __future__ import annotations

from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading


class GroupsRoute(ApiRoute):
    """Tells which groups read a topic, and how far behind they are."""

    @reading
    async def get(self, cluster: str, topic: str) -> None:
        """Answer with the groups."""
        name = self.topic(topic)
        self.answer(await self.ask(cluster, lambda one: one.groups(name)))
