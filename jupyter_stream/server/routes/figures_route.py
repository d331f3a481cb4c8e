"""The route of how much is in topics."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from jupyter_stream.kafka.inspection.figures import Figures, NoFigures
from jupyter_stream.server.parameters import read_topic
from jupyter_stream.server.refusal import BadParameter
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading

MOST_TOPICS = 100
_DENIED = NoFigures("this Jupyter server does not allow to see this topic")


class FiguresWanted(msgspec.Struct):
    """Of which topics."""

    topics: list[str]


@dataclass(frozen=True, slots=True)
class FiguresFound:
    """How much is in topics.

    Attributes
    ----------
    figures
        By topic.
    """

    figures: dict[str, Figures | NoFigures]


class FiguresRoute(ApiRoute):
    """Tells how much is in the topics that the page shows just now."""

    @reading
    async def post(self, cluster: str) -> None:
        """Answer with the figures of up to 100 topics."""
        names = [read_topic(name) for name in self.body(FiguresWanted).topics]
        if len(names) > MOST_TOPICS:
            raise BadParameter("topics", f"has {len(names)} names; at most {MOST_TOPICS} at once")
        allowed = [name for name in names if self.served.rules.allow(name)]
        found = await self.ask(cluster, lambda one: one.figures(allowed))
        self.answer(FiguresFound({name: found.get(name, _DENIED) for name in names}))
