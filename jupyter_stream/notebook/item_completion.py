"""Tab completion of the item's attributes in the body of `%%stream_watch`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from IPython.core.completer import SimpleCompletion, context_matcher

from jupyter_stream.analysis.received_record import ReceivedRecord
from jupyter_stream.files.receiving.received_file import ReceivedFile
from jupyter_stream.notebook.cell_analysis import FILE, RECORD

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext

KINDS = {FILE: ReceivedFile, RECORD: ReceivedRecord}
_ATTRIBUTE = re.compile(rf"\b(?P<item>{FILE}|{RECORD})\.(?P<fragment>\w*)$")


@context_matcher()  # type: ignore[untyped-decorator]
def complete_item(context: CompletionContext) -> dict[str, Any]:
    """Complete `file.` and `record.`, which are names only when an item comes."""
    found = _ATTRIBUTE.search(context.text_until_cursor)
    if found is None or not context.full_text.startswith("%%stream_watch"):
        return {"completions": []}
    names = [name for name in dir(KINDS[found["item"]]) if not name.startswith("_")]
    return {
        "completions": [
            SimpleCompletion(name) for name in names if name.startswith(found["fragment"])
        ],
        "matched_fragment": found["fragment"],
        "suppress": True,
    }
