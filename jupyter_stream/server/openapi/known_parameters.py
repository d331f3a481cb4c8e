"""Parameters that several routes have."""

from __future__ import annotations

from jupyter_stream.server.openapi.operation import Parameter
from jupyter_stream.server.parameters import GREATEST, MOST_PARTITIONS
from jupyter_stream.server.records.reading import CHOICES

TEXT = {"type": "string"}

IN_PATH = {
    "cluster": Parameter("cluster", TEXT, "Name of the cluster.", "path", required=True),
    "topic": Parameter(
        "topic",
        {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,249}$"},
        "Name of the topic.",
        "path",
        required=True,
    ),
    "partition": Parameter(
        "partition",
        {"type": "integer", "minimum": 0, "maximum": MOST_PARTITIONS},
        "Number of the partition.",
        "path",
        required=True,
    ),
    "offset": Parameter(
        "offset",
        {"type": "integer", "minimum": 0, "maximum": GREATEST},
        "Offset of the record.",
        "path",
        required=True,
    ),
}

AS = Parameter(
    "as", {"type": "string", "enum": list(CHOICES)}, "In which format to read the values."
)
PARTITION = Parameter("partition", TEXT, 'Number of the partition, or "all".')
PLACE = (
    Parameter("from", TEXT, "newest, earliest, offset:N or time:SECONDS; newest if not given."),
    Parameter("before", TEXT, "Cursor of the older page."),
    Parameter("after", TEXT, "Cursor of the newer page."),
)


def limit(most: int, usual: str) -> Parameter:
    """Return the parameter that says how many.

    Parameters
    ----------
    most
        How many at most.
    usual
        How many if it is not given.
    """
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": int(usual)}
    return Parameter("limit", schema, "How many at most.")
