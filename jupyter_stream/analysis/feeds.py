"""The topics of a watch: which there are, what they have brought so far, how they are."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from jupyter_stream.analysis.topic_feed import PROGRESS_SHOWN, TopicFeed
from jupyter_stream.errors import ClusterUnreachable, StreamError, TopicNotFound
from jupyter_stream.jobs.state import JobState
from jupyter_stream.jobs.stats import JobStats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyter_stream.analysis.topic_choice import TopicChoice
    from jupyter_stream.analysis.topic_feed import FileInProgress
    from jupyter_stream.kafka.cluster import Cluster

LOOK_SECONDS = 2.0
ANSWER_SECONDS = 1.0
# Each has a connection and threads of its own.
MOST_TOPICS = 50
NAMED = 3
SUMMED = ("records", "bytes", "skipped", "lost", "errors", "duplicates", "unfinished")


class Feeds:
    """Opens a feed for each topic that is chosen, also for those that come later.

    Parameters
    ----------
    cluster
        Where the topics are.
    choice
        Names and patterns.
    wait_for_topics
        Whether topics may be missing.
    open_feed
        Makes a feed of a topic; told whether the topic was born during the watch.
    """

    def __init__(
        self,
        cluster: Cluster,
        choice: TopicChoice,
        *,
        wait_for_topics: bool,
        open_feed: Callable[[str, bool], TopicFeed],
    ) -> None:
        self._cluster = cluster
        self._choice = choice
        self._open_feed = open_feed
        self._feeds: dict[str, TopicFeed] = {}
        self._past = JobStats()
        self._looked = time.monotonic()
        self._trouble: str | None = None
        self._left_out = 0
        # Those that were there at the start, and those that could not be opened until now.
        self._not_new: set[str] = set()
        self._unopened: dict[str, StreamError] = {}
        try:
            self._open(wait_for_topics)
        except BaseException:
            self.discard()
            raise

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are watched now."""
        return tuple(self._feeds)

    @property
    def waits_for(self) -> str | None:
        """What is waited for, as long as no topic is there."""
        feeds = tuple(self._feeds.values())
        if not feeds:
            return f"there is no topic like {self._choice} at {self._cluster.bootstrap} yet"
        if all(feed.state is JobState.WAITING for feed in feeds):
            return feeds[0].reason
        return None

    @property
    def failure(self) -> str | None:
        """Why nothing comes any more; None as long as one topic is read."""
        feeds = tuple(self._feeds.values())
        if feeds and not self._choice.patterns and all(feed.state.ended for feed in feeds):
            return next((feed.reason for feed in feeds if feed.reason), None)
        return None

    @property
    def trouble(self) -> str | None:
        """What hinders some of the topics; None if nothing does."""
        feeds = tuple(self._feeds.values())
        told: defaultdict[str, list[str]] = defaultdict(list)
        for feed in feeds:
            if text := feed.trouble or (feed.reason if len(feeds) > 1 else None):
                told[text].append(feed.topic)
        # A broker that is away troubles all topics in the same way.
        texts = [
            text if len(topics) == len(feeds) else f"{', '.join(topics[:NAMED])}: {text}"
            for text, topics in told.items()
        ]
        texts += [f"{topic}: {error}" for topic, error in dict(self._unopened).items()]
        if self._left_out:
            texts.append(
                f"{self._left_out} topics are left out: a watch reads {MOST_TOPICS} at most"
            )
        return "; ".join([*texts[: NAMED + 1], *filter(None, [self._trouble])]) or None

    @property
    def files_in_progress(self) -> tuple[FileInProgress, ...]:
        """Files of which some chunks have come, the latest of each topic first."""
        files = [file for feed in tuple(self._feeds.values()) for file in feed.progress]
        return tuple(files[:PROGRESS_SHOWN])

    def stats(self) -> JobStats:
        """Return the numbers of all topics together."""
        feeds = tuple(self._feeds.values())
        lags = [feed.stats.lag for feed in feeds if feed.state is not JobState.WAITING]
        known = [lag for lag in lags if lag is not None]
        return replace(
            _sum([self._past, *(feed.stats for feed in feeds)]),
            seconds_behind=max((feed.stats.seconds_behind for feed in feeds), default=0.0),
            lag=sum(known) if known and len(known) == len(lags) else None,
        )

    def start(self) -> None:
        """Begin to read."""
        for feed in self._feeds.values():
            feed.start()

    def pause(self) -> None:
        """Read no further until `resume`."""
        for feed in tuple(self._feeds.values()):
            feed.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        for feed in tuple(self._feeds.values()):
            feed.resume()

    def look(self) -> None:
        """See now and then whether topics have come or gone that are like a pattern."""
        if not self._choice.patterns or time.monotonic() < self._looked + LOOK_SECONDS:
            return
        try:
            self._trouble = None
            self._follow(self._cluster.topics(ANSWER_SECONDS))
        except StreamError as error:
            self._trouble = str(error)
        self._looked = time.monotonic()

    def ask_to_stop(self) -> None:
        """Let all end soon."""
        for feed in tuple(self._feeds.values()):
            feed.ask_to_stop()

    def stop(self) -> None:
        """End, and return when all threads are gone."""
        self.ask_to_stop()
        for feed in self._feeds.values():
            feed.stop()

    def discard(self) -> None:
        """Release feeds that were never started."""
        for feed in self._feeds.values():
            feed.discard()

    def _open(self, wait_for_topics: bool) -> None:
        for topic in self._choice.names:
            self._feeds[topic] = self._open_feed(topic, False)
        if self._choice.patterns:
            found = self._choice.matching(self._cluster.topics())
            self._check_number(found)
            self._not_new = set(found)
            for topic in found[:MOST_TOPICS]:
                self._try_to_open(topic)
        if not self._feeds and self._unopened:
            raise next(iter(self._unopened.values()))
        if not self._feeds and not wait_for_topics:
            raise TopicNotFound(
                f"there is no topic like {self._choice} at {self._cluster.bootstrap}; to wait for "
                "one: wait_for_topic=True, or --wait"
            )

    def _follow(self, topics: dict[str, int]) -> None:
        for topic in set(self._feeds) - set(self._choice.names) - set(topics):
            self._drop(topic)
        found = self._choice.matching(topics)
        self._check_number(found)
        self._unopened.clear()
        self._not_new &= set(found)
        for topic in found:
            if topic not in self._feeds and len(self._feeds) < MOST_TOPICS:
                self._try_to_open(topic)
                if topic in self._feeds:
                    self._feeds[topic].start()

    def _try_to_open(self, topic: str) -> None:
        """Open one of the topics that are like a pattern; what hinders it does not hinder others.

        Raises
        ------
        ClusterUnreachable
            No other topic can be opened either.
        """
        try:
            # All of a topic that is born during the watch is new.
            self._feeds[topic] = self._open_feed(topic, topic not in self._not_new)
        except ClusterUnreachable:
            raise
        except StreamError as error:
            self._unopened[topic] = error

    def _check_number(self, found: list[str]) -> None:
        self._left_out = max(0, len(found) + len(self._choice.names) - MOST_TOPICS)

    def _drop(self, topic: str) -> None:
        feed = self._feeds.pop(topic)
        feed.stop()
        self._past = _sum([self._past, replace(feed.stats, unfinished=0)])


def _sum(parts: Sequence[JobStats]) -> JobStats:
    return JobStats(**{name: sum(getattr(part, name) for part in parts) for name in SUMMED})
