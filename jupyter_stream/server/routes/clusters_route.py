"""The route of all clusters."""

from __future__ import annotations

from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading


class ClustersRoute(ApiRoute):
    """Tells which clusters there are, at once; each is asked in the background how it is."""

    @reading
    async def get(self) -> None:
        """Answer with all clusters as far as they are known."""
        served = self.served
        self.answer(
            await served.clusters.list(
                may_produce=served.may_produce, may_start_local=served.may_start_local
            )
        )
