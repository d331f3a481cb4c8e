"""What all plot models have in common."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.formats.frame import pack_frame, unpack_frame
from jupyter_stream.plots.choose import KINDS, make_plot
from tests.plots.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_stream.plots.plot_model import PlotModel

THREADS, EACH = 4, 500

VALUES: dict[str, Callable[[int], Any]] = {
    "spectrum": lambda number: [float(number), 1],
    "waterfall": lambda number: [float(number), 1],
    "image": lambda number: np.full((3, 3), number),
    "series": float,
    "table": str,
}


@pytest.fixture(params=KINDS)
def model(request: pytest.FixtureRequest) -> PlotModel:
    kind: str = request.param
    return make_plot(kind, "topic", last=THREADS * EACH)


def test_four_threads_lose_nothing_and_add_nothing_twice(model: PlotModel) -> None:
    seen: list[int] = []
    totals: list[int] = []

    def add(thread: int) -> None:
        for number in range(EACH):
            model.add(VALUES[model.kind](number), mark(thread * EACH + number))

    def look(version: int) -> int:
        state = model.since(version)
        seen.append(state.header["fresh"])
        totals.append(state.header["total"])
        return state.version

    threads = [Thread(target=add, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    version = 0
    while any(thread.is_alive() for thread in threads):
        version = look(version)
    look(version)
    assert totals[-1] == THREADS * EACH == model.version
    assert totals == sorted(totals)
    if model.kind == "image":
        return
    assert sum(seen) == THREADS * EACH
    offsets = sorted(item.mark.offset for item in model.items())
    assert offsets == list(range(THREADS * EACH))


def test_every_state_fits_into_a_frame(model: PlotModel) -> None:
    for value in (None, 1, 2, float("nan"), float("inf"), 1e308):
        if value is not None:
            kind = model.kind
            number = value if kind in {"series", "table"} else [[value] * 3] * 3
            model.add(number if kind not in {"spectrum", "waterfall"} else [value, 1], mark(3))
        state = model.since(0)
        header, columns = unpack_frame(pack_frame({"plot": state.header}, state.columns))
        assert header["plot"]["kind"] == model.kind
        assert len(columns) == len(state.columns)


def test_columns_are_never_changed_later(model: PlotModel) -> None:
    model.add(VALUES[model.kind](1), mark(1))
    state = model.since(0)
    copies = [column.copy() for column in state.columns]
    for number in range(50):
        model.add(VALUES[model.kind](number), mark(number))
    for column, copy in zip(state.columns, copies, strict=True):
        assert column.flags.c_contiguous
        np.testing.assert_array_equal(column, copy)


def test_settings_are_news(model: PlotModel) -> None:
    model.add(VALUES[model.kind](1), mark(1))
    version = model.version
    model.configure({})
    assert model.version == version + 1
    assert model.since(version).header["fresh"] == 0
    with pytest.raises(UsageMistake, match="no setting 'colour'"):
        model.configure({"colour": "red"})
    with pytest.raises(TypeError):
        model.settings["colour"] = "red"  # type: ignore[index]
