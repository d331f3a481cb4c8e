"""The route of the OpenAPI document."""

from __future__ import annotations

from jupyter_stream.server.openapi.document import openapi_document
from jupyter_stream.server.routes.api_route import ApiRoute
from jupyter_stream.server.routes.guarded import reading


class OpenApiRoute(ApiRoute):
    """Tells what the routes take and give."""

    @reading
    async def get(self) -> None:
        """Answer with the document."""
        self.answer(openapi_document())
