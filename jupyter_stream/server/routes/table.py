"""All routes by their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_stream.server.openapi.document import API
from jupyter_stream.server.routes.clusters_route import ClustersRoute
from jupyter_stream.server.routes.export_route import ExportRoute
from jupyter_stream.server.routes.figures_route import FiguresRoute
from jupyter_stream.server.routes.files_route import FileContentRoute, FilesRoute
from jupyter_stream.server.routes.groups_route import GroupsRoute
from jupyter_stream.server.routes.local_broker_route import LocalBrokerRoute
from jupyter_stream.server.routes.openapi_route import OpenApiRoute
from jupyter_stream.server.routes.produce_route import ProduceRoute
from jupyter_stream.server.routes.record_route import PreviewRoute, RecordRoute, ValueRoute
from jupyter_stream.server.routes.search_route import SearchRoute
from jupyter_stream.server.routes.tail_route import TailRoute
from jupyter_stream.server.routes.topic_route import TopicRoute
from jupyter_stream.server.routes.topics_route import TopicsRoute

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from jupyter_stream.server.served import Served

PART = r"([^/]+)"

ROUTES: dict[str, type[RequestHandler]] = {
    "/openapi.json": OpenApiRoute,
    "/clusters": ClustersRoute,
    "/clusters/local/broker": LocalBrokerRoute,
    "/clusters/{cluster}/topics": TopicsRoute,
    "/clusters/{cluster}/figures": FiguresRoute,
    "/clusters/{cluster}/topics/{topic}": TopicRoute,
    "/clusters/{cluster}/topics/{topic}/groups": GroupsRoute,
    "/clusters/{cluster}/topics/{topic}/tail": TailRoute,
    "/clusters/{cluster}/topics/{topic}/search": SearchRoute,
    "/clusters/{cluster}/topics/{topic}/files": FilesRoute,
    "/clusters/{cluster}/topics/{topic}/files/content": FileContentRoute,
    "/clusters/{cluster}/topics/{topic}/records": ProduceRoute,
    "/clusters/{cluster}/topics/{topic}/export": ExportRoute,
    "/clusters/{cluster}/topics/{topic}/records/{partition}/{offset}": RecordRoute,
    "/clusters/{cluster}/topics/{topic}/records/{partition}/{offset}/value": ValueRoute,
    "/clusters/{cluster}/topics/{topic}/records/{partition}/{offset}/preview": PreviewRoute,
}


def handlers(served: Served) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """Return the routes as the Jupyter server takes them.

    Parameters
    ----------
    served
        What they share.
    """
    return [(API + _pattern(path), route, {"served": served}) for path, route in ROUTES.items()]


def _pattern(path: str) -> str:
    for name in ("cluster", "topic", "partition", "offset"):
        path = path.replace(f"{{{name}}}", PART)
    return path
