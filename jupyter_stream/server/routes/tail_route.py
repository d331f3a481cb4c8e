"""The route that follows a topic."""

from __future__ import annotations

from jupyter_stream.server.parameters import read_choice
from jupyter_stream.server.records.place_parameter import read_place
from jupyter_stream.server.records.reading import AUTO, CHOICES
from jupyter_stream.server.routes.socket_route import SocketRoute
from jupyter_stream.server.tail.tail import Tail


class TailRoute(SocketRoute):
    """Sends records as they come."""

    def make_work(self, topic: str) -> Tail:
        """Make the tail that the page asks for."""
        form = read_choice("as", self.parameter("as") or AUTO, CHOICES)
        return Tail(topic, read_place(self.parameter), form, self.partition(), self.send)
