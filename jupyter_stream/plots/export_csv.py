"""The data of a plot as CSV: readable by spreadsheets, and by pandas with `comment="#"`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from jupyter_stream.plots.times import utc_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jupyter_stream.plots.exported import Exported

    Row = Iterable[Any]

ORIGIN = ("label", "topic", "partition", "offset", "time")
FORMULAS = "=+-@\t\r"


def csv_text(data: Exported) -> str:
    """Return what is exported of a plot as CSV.

    Spectra stand in columns beside their axis, or one below the other if their axes differ; an
    image as a matrix; numbers and texts in rows. Comments at the top say what it is; those of
    spectra and images also where each item came from.

    Parameters
    ----------
    data
        The data of a plot.
    """
    file = io.StringIO()
    for comment in _comments(data):
        file.write(f"# {' '.join(comment.split())}\n")
    csv.writer(file, lineterminator="\n").writerows(
        [_safe(cell) for cell in row] for row in _body(data)
    )
    return file.getvalue()


def _comments(data: Exported) -> Iterator[str]:
    yield from (f"{name}: {text}" for name, text in data.texts.items() if text)
    if "names" not in data.arrays:
        for number, (label, topic, partition, offset, time) in enumerate(_origins(data)):
            place = f"topic {topic}, partition {partition}, offset {offset}"
            yield f"item {number}: {label}, {place}, {time}"


def _origins(data: Exported) -> Iterator[tuple[Any, ...]]:
    columns = [data.arrays[name].tolist() for name in ORIGIN]
    for *origin, time in zip(*columns, strict=True):
        known = utc_time(time)
        yield (*origin, known.isoformat(timespec="milliseconds") if known else "")


def _body(data: Exported) -> Iterator[Row]:
    arrays = data.arrays
    if "names" in arrays:
        return _rows_of_items(data)
    if "image" in arrays:
        return iter(arrays["image"].tolist())
    if "y" in arrays:
        return _beside_axis(data)
    return _one_below_the_other(data)


def _rows_of_items(data: Exported) -> Iterator[Row]:
    values = data.arrays["values" if "values" in data.arrays else "cells"]
    yield (*ORIGIN, *data.arrays["names"].tolist())
    for origin, row in zip(_origins(data), values.tolist(), strict=True):
        yield (*origin, *row)


def _beside_axis(data: Exported) -> Iterator[Row]:
    arrays = data.arrays
    lines = [*zip(arrays["label"].tolist(), arrays["y"], strict=True)]
    lines += [
        (f"{label} error", row)
        for label, row in zip(arrays["label"].tolist(), arrays.get("y_error", ()), strict=False)
    ]
    lines += [
        (name.removesuffix("_y"), row)
        for name, row in arrays.items()
        if name.endswith("_y") and len(row) == len(arrays["x"])
    ]
    yield (data.texts.get("x_label") or "x", *(name for name, _ in lines))
    columns = [row.tolist() for _, row in lines]
    yield from zip(arrays["x"].tolist(), *columns, strict=True)


def _one_below_the_other(data: Exported) -> Iterator[Row]:
    yield "item", "x", "y"
    for number in range(len(data.arrays["label"])):
        x, y = (data.arrays[f"{name}_{number}"].tolist() for name in ("x", "y"))
        yield from ((number, *point) for point in zip(x, y, strict=True))


def _safe(cell: Any) -> Any:
    """Keep spreadsheets from taking a text from outside for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULAS and cell else cell
