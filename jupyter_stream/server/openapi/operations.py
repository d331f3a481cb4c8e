"""What each route takes and gives."""

from __future__ import annotations

from jupyter_stream.kafka.inspection.figures import Figures, NoFigures
from jupyter_stream.kafka.inspection.groups import Groups
from jupyter_stream.kafka.inspection.sending import Written
from jupyter_stream.kafka.inspection.topic_detail import TopicDetail
from jupyter_stream.server.clusters.registry import ClusterList
from jupyter_stream.server.clusters.state import ClusterEntry
from jupyter_stream.server.openapi.known_parameters import AS, PARTITION, PLACE, TEXT, limit
from jupyter_stream.server.openapi.operation import File, Operation, Parameter
from jupyter_stream.server.records.preview import PREVIEWS
from jupyter_stream.server.records.shown_record import ShownRecord
from jupyter_stream.server.routes.export_route import ExportAsked
from jupyter_stream.server.routes.figures_route import FiguresWanted
from jupyter_stream.server.routes.files_route import MOST_FILES, USUAL_FILES, FilesPage
from jupyter_stream.server.routes.local_broker_route import BrokerAction
from jupyter_stream.server.routes.produce_route import NewRecord
from jupyter_stream.server.routes.record_route import LEAST_POINTS, MOST_POINTS
from jupyter_stream.server.routes.records_route import MOST_RECORDS, USUAL_RECORDS, RecordsPage
from jupyter_stream.server.routes.search_route import LONGEST_TEXT
from jupyter_stream.server.routes.topics_route import TopicEntries

_CLUSTER = "/clusters/{cluster}"
_TOPIC = f"{_CLUSTER}/topics/{{topic}}"
_RECORD = f"{_TOPIC}/records/{{partition}}/{{offset}}"

_FRESH = Parameter("fresh", {"type": "string", "enum": ["0", "1"]}, "1 asks the cluster now.")
_POINTS = Parameter(
    "points",
    {"type": "integer", "minimum": LEAST_POINTS, "maximum": MOST_POINTS},
    "How many points a line may have.",
)
_FOUND_TEXT = Parameter(
    "text",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    "What to find; upper and lower case are the same.",
    required=True,
)
_IN = Parameter("in", TEXT, "Where: key, value, headers, with commas; key,value if not given.")
_SHA512 = Parameter(
    "sha512", {"type": "string", "pattern": "^[0-9a-f]{128}$"}, "Hash of the file.", required=True
)
_PLACES = Parameter(
    "places", TEXT, "Where its chunks are: PARTITION:FIRST-LAST, with commas.", required=True
)

OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "/openapi.json": (Operation("get", "This document.", (dict,)),),
    "/clusters": (Operation("get", "All clusters, as far as they are known.", (ClusterList,)),),
    "/clusters/local/broker": (
        Operation(
            "post",
            "Start or stop the local broker.",
            (ClusterEntry,),
            body=BrokerAction,
            status=202,
            action="write",
        ),
    ),
    f"{_CLUSTER}/topics": (Operation("get", "The topics.", (TopicEntries,), (_FRESH,)),),
    f"{_CLUSTER}/figures": (
        Operation(
            "post",
            "How much is in topics.",
            (Figures, NoFigures),
            body=FiguresWanted,
            collected="figures",
        ),
    ),
    _TOPIC: (Operation("get", "One topic.", (TopicDetail,)),),
    f"{_TOPIC}/groups": (Operation("get", "Consumer groups of a topic.", (Groups,)),),
    f"{_TOPIC}/records": (
        Operation(
            "get",
            "A page of records.",
            (RecordsPage,),
            (*PLACE, PARTITION, limit(MOST_RECORDS, USUAL_RECORDS), AS),
        ),
        Operation(
            "post", "Write a record.", (Written,), body=NewRecord, status=201, action="write"
        ),
    ),
    _RECORD: (Operation("get", "One record with more of its text.", (ShownRecord,), (AS,)),),
    f"{_RECORD}/value": (Operation("get", "The bytes of a value.", (File,)),),
    f"{_RECORD}/preview": (
        Operation("get", "What can be drawn of a record.", PREVIEWS, (AS, _POINTS)),
    ),
    f"{_TOPIC}/files": (
        Operation(
            "get",
            "Files that came in chunks.",
            (FilesPage,),
            (*PLACE, PARTITION, limit(MOST_FILES, USUAL_FILES)),
        ),
    ),
    f"{_TOPIC}/files/content": (
        Operation("get", "The content of a file.", (File,), (_SHA512, _PLACES)),
    ),
    f"{_TOPIC}/export": (Operation("post", "Records as a file.", (File,), body=ExportAsked),),
    f"{_TOPIC}/tail": (
        Operation(
            "get",
            "Records as they come.",
            (),
            (*PLACE, PARTITION, AS),
            messages={
                "server": ["records", "state", "behind", "error"],
                "page": ["ack", "pause", "resume"],
            },
        ),
    ),
    f"{_TOPIC}/search": (
        Operation(
            "get",
            "Records in which a text stands.",
            (),
            (_FOUND_TEXT, _IN, *PLACE, PARTITION, limit(MOST_RECORDS, USUAL_RECORDS), AS),
            messages={"server": ["found", "progress", "end", "error"], "page": ["stop"]},
        ),
    ),
}
