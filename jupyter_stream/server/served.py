"""What all routes share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.server.clusters.registry import Clusters
    from jupyter_stream.server.limits import Limits
    from jupyter_stream.server.topic_rules import TopicRules


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, and within which bounds.

    Attributes
    ----------
    clusters
        The clusters.
    rules
        Which topics may be seen.
    limits
        How much is read for one request.
    may_produce
        Whether records can be written.
    may_start_local
        Whether the local broker can be started and stopped.
    """

    clusters: Clusters
    rules: TopicRules
    limits: Limits
    may_produce: bool
    may_start_local: bool
