"""How much the routes read and send."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read from a cluster for one request.

    Attributes
    ----------
    page_bytes, page_seconds
        For a page of records, or for one record.
    search_bytes, search_seconds
        For a search.
    file_bytes
        For a file that is put together.
    export_records, export_bytes, export_seconds
        For an export.
    """

    page_bytes: int
    page_seconds: float
    search_bytes: int
    search_seconds: float
    file_bytes: int
    export_records: int
    export_bytes: int
    export_seconds: float
