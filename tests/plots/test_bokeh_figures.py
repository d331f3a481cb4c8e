"""The empty figures that a page embeds."""

from __future__ import annotations

import json
from typing import Any

import bokeh
import pytest

from jupyter_stream.plots.bokeh_figures import bokeh_library, bokeh_version, figure_item
from jupyter_stream.plots.choose import KINDS

FRAMED = sorted(set(KINDS) - {"table"})


def names(item: dict[str, Any] | None) -> set[str]:
    """Return the names of all models in a document."""
    found: set[str] = set()

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("name"), str):
                found.add(part["name"])
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(json.loads(json.dumps(item)))
    return found


@pytest.mark.parametrize("kind", FRAMED)
def test_a_figure_has_the_tools_that_the_page_switches(kind: str) -> None:
    assert {"pan", "box"} <= names(figure_item(kind, "Title"))


@pytest.mark.parametrize("kind", FRAMED)
def test_a_figure_brings_its_title_until_there_are_data(kind: str) -> None:
    assert "<b>Title</b>" in json.dumps(figure_item(kind, "<b>Title</b>"))


def test_a_series_has_ranges_for_curves_of_other_magnitudes() -> None:
    assert {"second", "third"} <= names(figure_item("series", "Title"))


def test_a_table_needs_no_figure() -> None:
    assert figure_item("table", "Title") is None


def test_the_library_is_that_of_the_document() -> None:
    item = figure_item("spectrum", "Title")
    assert item is not None
    assert item["doc"]["version"] == bokeh_version() == bokeh.__version__
    assert bokeh_version().encode() in bokeh_library()
