"""The route that starts and stops the local broker."""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyter_stream.server.refusal import Refusal
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import writing


class BrokerAction(msgspec.Struct):
    """What is to be done with the local broker."""

    action: Literal["start", "stop"]


class LocalBrokerRoute(ApiRoute):
    """Starts and stops the local broker in the background."""

    @writing
    async def post(self) -> None:
        """Begin, and answer with the entry of the cluster, which tells how it goes."""
        action = self.body(BrokerAction).action
        if not self.served.may_start_local:
            raise Refusal(
                403,
                "the local broker cannot be started or stopped from here",
                "this Jupyter server does not allow it",
                "Ask who runs the Jupyter server (StreamServer.allow_local_broker).",
            )
        clusters = self.served.clusters
        if clusters.life.busy:
            raise Refusal(
                409,
                "the local broker is being started or stopped",
                remedy="Wait until that is done.",
            )
        if action == "start":
            clusters.life.start()
        else:
            clusters.life.stop()
        self.answer(clusters.local.entry, 202)
