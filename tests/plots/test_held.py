"""Plots that are held as they were, while the stream goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.choose import KINDS, make_plot
from tests.plots.marks import mark
from tests.plots.test_models import VALUES

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import PlotModel


def filled(kind: str, count: int, **settings: Any) -> PlotModel:
    model = make_plot(kind, "topic", last=20)
    model.configure(settings)
    add(model, range(1, count + 1))
    return model


def add(model: PlotModel, numbers: range) -> None:
    for number in numbers:
        model.add(VALUES[model.kind](number), mark(number))
        model.since(0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plot_is_held_as_it_was(kind: str) -> None:
    model = filled(kind, 5)
    before = model.since(0)
    add(model, range(6, 9))
    held = model.held(5)
    state = held.since(0)
    assert (held.total, model.total) == (5, 8)
    assert state.header == {**before.header, "fresh": state.header["fresh"]}
    for column, known in zip(state.columns, before.columns, strict=True):
        np.testing.assert_array_equal(column, known)
    assert [item.serial for item in held.items()] == [item.serial for item in model.held(5).items()]
    assert held.items()[-1].serial == 5


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_on_leaves_a_held_plot_alone(kind: str) -> None:
    model = filled(kind, 3)
    held = model.held(3)
    before, version = held.since(0), held.version
    add(model, range(4, 230))
    assert held.version == version
    after = held.since(0)
    assert after.header == before.header
    for column, known in zip(after.columns, before.columns, strict=True):
        np.testing.assert_array_equal(column, known)


@pytest.mark.parametrize("kind", KINDS)
def test_a_moment_that_is_not_known_any_more_is_the_present(kind: str) -> None:
    model = make_plot(kind, "topic", last=20)
    for number in range(1, 25_000 if kind == "series" else 300):
        model.add(VALUES[kind](number), mark(number))
    held = model.held(1)
    assert held.since(0).header["total"] == held.items()[-1].serial > 1


@pytest.mark.parametrize("kind", KINDS)
def test_before_the_first_result_a_held_plot_is_empty(kind: str) -> None:
    model = filled(kind, 0)
    held = model.held(0)
    add(model, range(1, 3))
    assert (held.total, held.items()) == (0, ())


def test_what_is_asked_of_a_held_image_is_reckoned_from_that_image() -> None:
    model = filled("image", 2)
    held = model.held(2)
    add(model, range(3, 5))
    held.configure({"mask": 1, "cut": {"axis": "row", "at": 1}, "region": (0, 0, 2, 2)})
    header = held.since(0).header
    assert header["statistics"]["max"] == header["region"]["statistics"]["min"] == 2
    model.follow(held)
    assert model.settings == held.settings
    assert model.since(0).header["region"]["statistics"]["min"] == 4


def test_a_reference_set_on_a_held_plot_is_what_is_seen_and_kept_by_both() -> None:
    model = filled("spectrum", 2)
    held = model.held(2)
    add(model, range(3, 5))
    held.configure({"slot": 2, "reference": "set"})
    model.follow(held)
    assert model.settings["references"] == (None, "item 2", None, None)
    model.configure({"reference": "clear"})
    held.follow(model)
    assert held.settings["reference"] is None


def test_a_reduction_of_everything_goes_its_own_way() -> None:
    model = filled("spectrum", 2, reduction="sum")
    held = model.held(2)
    add(model, range(3, 5))
    (known,) = held.since(0).header["traces"]
    assert held.since(0).columns[known["y"]].tolist() == [3, 2]


def test_spectra_are_held_with_the_axis_that_they_had() -> None:
    model = filled("spectrum", 2, reduction="sum")
    model.add([1.0, 2, 3], mark(3))
    state = model.held(2).since(0)
    assert [one["serial"] for one in state.header["spectra"]] == [1, 2]
    assert state.columns[state.header["traces"][0]["y"]].tolist() == [3, 2]


def test_a_row_chosen_on_a_held_waterfall_may_have_left_the_other() -> None:
    model = filled("waterfall", 2)
    held = model.held(2)
    add(model, range(3, 300))
    held.configure({"selected": 1})
    model.follow(held)
    assert model.since(0).header["selected"]["label"] == "item 1"
    with pytest.raises(UsageMistake, match="has left the plot"):
        model.configure({"selected": 1})
