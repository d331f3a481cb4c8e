"""One cluster, asked by many: each answer is kept for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_stream.errors import StreamError, TopicNotFound
from jupyter_stream.kafka.answers import answer
from jupyter_stream.kafka.client import ANSWER_SECONDS
from jupyter_stream.kafka.inspection.connection import Connection
from jupyter_stream.kafka.inspection.figures import Figures, FiguresQuestion, NoFigures
from jupyter_stream.kafka.inspection.groups import Groups, GroupsQuestion
from jupyter_stream.kafka.inspection.kept import Kept
from jupyter_stream.kafka.inspection.listing import Listing, PartitionPlace, listing_of
from jupyter_stream.kafka.inspection.pages import Pages
from jupyter_stream.kafka.inspection.sending import Sender
from jupyter_stream.kafka.inspection.settings import has_gaps, topic_settings
from jupyter_stream.kafka.inspection.topic_detail import TopicDetail, topic_detail
from jupyter_stream.kafka.topic_list import TopicList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jupyter_stream.kafka.profile import Profile

    Sizes = Callable[[str, Iterable[int]], Mapping[int, int]]

LISTING_SECONDS = 2.0
# Which partitions there are changes less often than who leads them; to ask takes long where there
# are tens of thousands.
PARTITIONS_SECONDS = 30.0
FACTS_SECONDS = 2.0
SETTINGS_SECONDS = 60.0
GROUPS_SECONDS = 15.0


def _unknown(_topic: str, _partitions: Iterable[int]) -> Mapping[int, int]:
    return {}


class Inspector:
    """Asks a cluster; any thread may call. `pages` reads records, `sender` writes single ones.

    Parameters
    ----------
    profile
        The cluster.
    sizes
        Tells what the partitions of a topic take on disk, in bytes, as far as that is known: no
        question that the client can ask tells it.

    Raises
    ------
    ProfileError
        librdkafka does not accept a property of the profile.
    """

    def __init__(self, profile: Profile, sizes: Sizes = _unknown) -> None:
        self.profile = profile
        self._bootstrap = profile.bootstrap
        self._list = TopicList(profile)
        self._connection = Connection(self._list.admin, profile.bootstrap)
        self._sizes = sizes
        self.pages = Pages(self._connection, profile)
        self.sender = Sender(profile)
        self._listings: Kept[Listing] = Kept(LISTING_SECONDS)
        self._details: Kept[TopicDetail] = Kept(FACTS_SECONDS)
        self._groups: Kept[Groups] = Kept(FACTS_SECONDS)
        self._gaps: Kept[dict[str, bool]] = Kept(SETTINGS_SECONDS)

    def close(self) -> None:
        """Close the connections of `pages`; the others end with the object."""
        self.pages.close()

    def check(self) -> None:
        """Ask whether the cluster is there: less than all of its topics.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        asked = self._connection.admin.describe_cluster(request_timeout=ANSWER_SECONDS)
        try:
            answer(asked, self._bootstrap, ANSWER_SECONDS)
        except StreamError:
            # It tells the reason better.
            self.listing(fresh=True)

    def listing(self, *, fresh: bool = False) -> Listing:
        """Return all topics, as the cluster told them in the last 2 s.

        Parameters
        ----------
        fresh
            Ask now.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        return self._listed(0.0 if fresh else LISTING_SECONDS)

    def partitions(self, topic: str) -> dict[int, PartitionPlace]:
        """Return the partitions of a topic, as they were told in the last 30 s.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic.
        ClusterUnreachable
            No broker answers.
        """
        known = self._known([topic], PARTITIONS_SECONDS)
        if topic not in known:
            raise TopicNotFound(f"there is no topic {topic!r} at {self._bootstrap}")
        return known[topic]

    def figures(self, topics: Iterable[str]) -> dict[str, Figures | NoFigures]:
        """Return how much is in topics.

        Parameters
        ----------
        topics
            Which; for those that are not there the answer says so.

        Raises
        ------
        ClusterUnreachable
            No broker answers.
        """
        wanted = list(dict.fromkeys(topics))
        there = self._known(wanted, PARTITIONS_SECONDS)
        question = FiguresQuestion(self._connection, there, ANSWER_SECONDS)
        gaps = self._with_gaps(there)
        found: dict[str, Figures | NoFigures] = {}
        for topic in wanted:
            if topic in there:
                size = self._size(topic, there[topic])
                found[topic] = question.of(topic, gaps=gaps[topic], size=size)
            else:
                found[topic] = NoFigures("there is no such topic (any more)")
        return found

    def detail(self, topic: str) -> TopicDetail:
        """Return everything about a topic.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic.
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster does not tell the watermarks.
        """
        return self._details.get(topic, lambda: self._asked_detail(topic))

    def groups(self, topic: str) -> Groups:
        """Return the consumer groups of a topic.

        Parameters
        ----------
        topic
            Name of the topic.

        Raises
        ------
        TopicNotFound
            There is no such topic.
        ClusterUnreachable
            No broker answers.
        ClusterRefused
            The cluster does not tell its groups.
        """
        return self._groups.get(topic, lambda: self._asked_groups(topic))

    def _listed(self, seconds: float) -> Listing:
        return self._listings.get(
            "all", lambda: listing_of(self._list.metadata(ANSWER_SECONDS)), seconds=seconds
        )

    def _known(self, topics: Iterable[str], seconds: float) -> dict[str, dict[int, PartitionPlace]]:
        """Return those topics that are there, also if they were made a moment ago."""
        wanted = set(topics)
        known = self._listed(seconds).topics
        if not wanted <= known.keys():
            known = self._listed(0.0).topics
        return {topic: known[topic] for topic in known if topic in wanted}

    def _asked_detail(self, topic: str) -> TopicDetail:
        return topic_detail(self._connection, topic, self._sizes, ANSWER_SECONDS)

    def _asked_groups(self, topic: str) -> Groups:
        places = self.partitions(topic)
        return GroupsQuestion(self._connection, topic, places, GROUPS_SECONDS).ask()

    def _size(self, topic: str, partitions: Iterable[int]) -> int | None:
        sizes = self._sizes(topic, partitions)
        return sum(sizes.values()) if sizes else None

    def _with_gaps(self, topics: Iterable[str]) -> dict[str, bool]:
        names = tuple(topics)
        return self._gaps.get(names, lambda: self._asked_gaps(names))

    def _asked_gaps(self, topics: tuple[str, ...]) -> dict[str, bool]:
        told = topic_settings(self._connection, topics, ANSWER_SECONDS)
        # Of what is not told nobody knows: there may be less than it seems.
        return {topic: topic not in told or has_gaps(told[topic]) for topic in topics}
