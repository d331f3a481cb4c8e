"""The model of the series plot."""

from __future__ import annotations

from time import time as now
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import Unplottable
from jupyter_stream.plots.series_model import CAPACITY, MOST, SeriesModel
from tests.plots.marks import mark

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import PlotState

POINTS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60)), max_size=60)


class View:
    """What a view has that does with states what a page does."""

    def __init__(self) -> None:
        self.version = 0
        self.seen = 0
        self.curves: dict[str, list[float]] = {}

    def look(self, model: SeriesModel) -> None:
        state = model.since(self.version)
        if state.header.get("restarted"):
            self.curves = {}
        for curve in state.header["curves"]:
            kept = self.curves.get(curve["name"], [])[curve["dropped"] :]
            self.curves[curve["name"]] = kept + state.columns[curve["t"]].tolist()
        self.version = state.version
        self.seen += state.header["fresh"]


def whole(model: SeriesModel) -> dict[str, list[float]]:
    state = model.since(0)
    return {one["name"]: state.columns[one["t"]].tolist() for one in state.header["curves"]}


@given(POINTS, st.sets(st.integers(0, 60)), st.sampled_from(["roll", "thin"]))
def test_a_view_has_what_the_model_has_however_often_it_looks(
    points: list[tuple[str, int]], looks: set[int], when_full: str
) -> None:
    model, view = SeriesModel("topic"), View()
    model.configure({"capacity": 10, "when_full": when_full})
    for number, (name, time) in enumerate(points):
        model.add({name: number}, mark(number, time=time))
        if number in looks:
            view.look(model)
            assert view.curves == whole(model)
    view.look(model)
    assert view.curves == whole(model)
    assert view.seen <= len(points)


def test_all_that_was_added_is_seen_by_a_view_that_keeps_pace() -> None:
    model, view = SeriesModel("topic"), View()
    for number in range(100):
        model.add({"a": 1, "b": 2}, mark(number))
        if number % 7 == 0:
            view.look(model)
    view.look(model)
    assert view.seen == 100


def test_the_oldest_points_leave() -> None:
    model = SeriesModel("topic")
    for number in range(CAPACITY + 5):
        model.add(number, mark(number))
    (times,) = whole(model).values()
    assert (len(times), times[0]) == (CAPACITY, 5)
    assert len(model.items()) == CAPACITY


def test_a_view_is_told_that_there_is_less_or_more_room() -> None:
    model, view = SeriesModel("topic"), View()
    for number in range(100):
        model.add(number, mark(number))
    view.look(model)
    for start, settings in (
        (100, {"capacity": 20}),
        (110, {"capacity": 50}),
        (150, {"when_full": "thin"}),
        (200, {"when_full": "roll"}),
    ):
        model.configure(settings)
        view.look(model)
        for number in range(start, start + 40):
            model.add(number, mark(number))
            view.look(model)
            assert view.curves == whole(model)
    assert len(whole(model)["value"]) == 50


def test_a_thinned_curve_reaches_back_to_its_beginning() -> None:
    model = SeriesModel("topic")
    model.configure({"capacity": 100, "when_full": "thin"})
    for number in range(1000):
        model.add(1000 if number == 77 else number % 5, mark(number))
    state = model.since(0)
    y = state.columns[state.header["curves"][0]["y"]]
    (times,) = whole(model).values()
    assert times[0] < 10
    assert len(times) <= 100
    assert y.max() == 1000
    assert [item.mark.offset for item in model.items()] == times


def test_topics_have_curves_of_their_own_for_the_same_name() -> None:
    model, view = SeriesModel("run-*"), View()
    model.add({"T": 1.0}, mark(1, topic="run-1"))
    view.look(model)
    assert view.curves == {"T": [1.0]}
    model.add({"T": 2.0}, mark(2, topic="run-2"))
    model.add(3.0, mark(3, topic="run-2"))
    view.look(model)
    assert view.curves == {"run-1: T": [1.0], "run-2: T": [2.0], "run-2": [3.0]}
    assert [item.value for item in model.items()] == [{"T": 1.0}, {"T": 2.0}, {"value": 3.0}]
    model.add({"T": 4.0}, mark(4, topic="run-3"))
    assert "restarted" not in model.since(view.version).header


def test_curves_have_units_and_axes() -> None:
    model = SeriesModel("topic")
    model.add({"T": (4.2, "K"), "p": (1e-6, "mbar")}, mark(1, label="r1"))
    header = model.since(0).header
    assert [(one["name"], one["unit"], one["axis"]) for one in header["curves"]] == [
        ("T", "K", 0),
        ("p", "mbar", 1),
    ]
    assert header["axes"] == ["T (K)", "p (mbar)"]
    assert (header["label"], header["time_axis"], header["capacity"]) == ("r1", True, CAPACITY)


def test_items_say_where_numbers_came_from() -> None:
    model = SeriesModel("topic")
    model.add({"a": 1}, mark(1))
    model.add({"a": 2, "b": 3}, mark(2))
    assert [(item.serial, item.mark.offset, item.value) for item in model.items()] == [
        (1, 1, {"a": 1}),
        (2, 2, {"a": 2, "b": 3}),
    ]


def test_where_points_came_from_is_forgotten_with_them() -> None:
    model = SeriesModel("topic")
    model.configure({"capacity": 10})
    for number in range(50_000):
        model.add(number, mark(number))
    assert len(model._marks) < 30_000


def test_there_are_so_many_curves_and_no_more() -> None:
    model = SeriesModel("topic")
    for number in range(MOST + 20):
        model.add({f"name {number}": 1}, mark(number))
    state = model.since(0)
    assert len(state.header["curves"]) == MOST
    assert state.header["total"] == MOST + 20
    assert len(model.items()) == MOST


def test_odd_numbers_are_kept() -> None:
    model = SeriesModel("topic")
    for number, value in enumerate([np.nan, np.inf, 1e300, -1e-300, 0]):
        model.add(value, mark(number))
    state: PlotState = model.since(0)
    np.testing.assert_array_equal(
        state.columns[state.header["curves"][0]["y"]], [np.nan, np.inf, 1e300, -1e-300, 0]
    )


@pytest.mark.parametrize("value", [None, "text", np.zeros((2, 2))])
def test_what_is_no_number_leaves_the_plot_as_it_is(value: Any) -> None:
    model = SeriesModel("topic")
    with pytest.raises(Unplottable):
        model.add(value, mark())
    assert model.version == 0
    assert model.since(0).header["curves"] == []


def test_a_bad_time_costs_one_point_and_no_more() -> None:
    model = SeriesModel("topic")
    model.add(1.0, mark(1))
    future = now() + 1e8
    model.add(2.0, mark(2, time=future))
    for number in range(3, 6):
        model.add(float(number), mark(number))
    state = model.since(model.version - 1)
    assert "restarted" not in state.header
    assert state.columns[state.header["curves"][0]["t"]].tolist() == [5]
    assert state.header["ahead"] == [future]
    assert [item.value["value"] for item in model.items()] == [1, 2, 3, 4, 5]
