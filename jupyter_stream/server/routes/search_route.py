"""The route that searches a topic."""

from __future__ import annotations

from jupyter_stream.server.parameters import read_choice, read_whole
from jupyter_stream.server.records.place_parameter import read_place
from jupyter_stream.server.records.reading import AUTO, CHOICES
from jupyter_stream.server.refusal import BadParameter
from jupyter_stream.server.routes.records_route import MOST_RECORDS, USUAL_RECORDS
from jupyter_stream.server.routes.socket_route import SocketRoute
from jupyter_stream.server.search.match import PLACES, Match
from jupyter_stream.server.search.search import Search, Wanted

LONGEST_TEXT = 1000


class SearchRoute(SocketRoute):
    """Searches keys, values and headers for a text."""

    def make_work(self, topic: str) -> Search:
        """Make the search that the page asks for."""
        text = self.parameter("text") or ""
        if not 0 < len(text) <= LONGEST_TEXT:
            raise BadParameter("text", f"must have 1 to {LONGEST_TEXT} signs")
        places = (self.parameter("in") or "key,value").split(",")
        for place in places:
            read_choice("in", place, PLACES)
        limits = self.served.limits
        wanted = Wanted(
            topic=topic,
            partition=self.partition(),
            place=read_place(self.parameter),
            form=read_choice("as", self.parameter("as") or AUTO, CHOICES),
            limit=read_whole("limit", self.parameter("limit") or USUAL_RECORDS, 1, MOST_RECORDS),
            max_bytes=limits.search_bytes,
            max_seconds=limits.search_seconds,
        )
        return Search(wanted, Match(text, places), self.send)
