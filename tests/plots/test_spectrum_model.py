"""The model of the spectrum plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.errors import UnreadableSpectrum, UsageMistake
from jupyter_stream.plots import item_plot
from jupyter_stream.plots.item_ring import ItemRing
from jupyter_stream.plots.spectrum import Spectrum
from jupyter_stream.plots.spectrum_model import SpectrumModel
from tests.plots.marks import mark

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import PlotState


def filled(*values: Any, last: int = 20, **settings: Any) -> SpectrumModel:
    model = SpectrumModel("topic", last)
    model.configure(settings)
    for number, value in enumerate(values, 1):
        model.add(value, mark(number))
    return model


def trace(state: PlotState, role: str) -> list[float]:
    """Return the values of the only trace of a role."""
    (found,) = [one for one in state.header["traces"] if one["role"] == role]
    values: list[float] = state.columns[found["y"]].tolist()
    return values


def roles(state: PlotState) -> list[str]:
    return [one["role"] for one in state.header["traces"]]


@given(st.integers(1, 10), st.integers(0, 30), st.integers(0, 30))
def test_a_view_gets_what_it_does_not_know(last: int, added: int, known: int) -> None:
    model = SpectrumModel("topic", last)
    for number in range(1, added + 1):
        model.add([number], mark(number))
    header = model.since(known).header
    serials = [spectrum["serial"] for spectrum in header["spectra"]]
    assert serials == [n for n in range(1, added + 1) if n > max(known, added - last)]
    assert (header["total"], header["fresh"]) == (added, len(serials))
    assert model.version == added


def test_spectra_of_one_axis_share_its_column() -> None:
    state = filled([1, 2], [3, 4], ([5, 6], [7, 8])).since(0)
    assert [spectrum["x"] for spectrum in state.header["spectra"]] == [0, 0, 3]
    assert [state.columns[one["y"]].tolist() for one in state.header["spectra"]] == [
        [1, 2],
        [3, 4],
        [7, 8],
    ]
    assert all(column.dtype == np.float32 for column in state.columns)


def test_an_axis_that_a_view_knows_is_not_laid_out_again() -> None:
    model = SpectrumModel("topic", last=2)

    def axes(known: int) -> list[int | None]:
        return [spectrum["x"] for spectrum in model.since(known).header["spectra"]]

    for _ in range(3):
        model.add([1, 2], mark())
    assert (axes(0), axes(1), axes(2)) == ([0, 0], [None, None], [None])
    model.add(([5, 6], [7, 8]), mark())
    assert (axes(0), axes(3), axes(4)) == ([0, 2], [0], [])
    model.configure({"peaks": False})
    model.add(([5, 6], [7, 9]), mark())
    assert (axes(3), axes(4), axes(5)) == ([0, 0], [None], [None])
    assert [one["x"] for one in model.held(5).since(0).header["spectra"]] == [0, 0]


def test_the_texts_come_from_the_newest_spectrum() -> None:
    assert SpectrumModel("topic").since(0).header["label"] == ""
    header = filled(Spectrum([1], x_label="Energy", x_unit="keV", label="mine")).since(0).header
    assert (header["title"], header["label"]) == ("topic", "mine")
    assert (header["x_label"], header["y_label"]) == ("Energy (keV)", "Counts")
    assert filled([1]).since(0).header["label"] == "item 1"


def test_very_large_spectra_are_fewer() -> None:
    model = filled(*[np.zeros(1_000_000)] * 12)
    assert [item.serial for item in model.items()] == [5, 6, 7, 8, 9, 10, 11, 12]


def test_what_is_no_spectrum_leaves_the_plot_as_it_is() -> None:
    model = filled([1, 2])
    before = model.version
    with pytest.raises(UnreadableSpectrum, match="NoneType"):
        model.add(None, mark())
    assert model.version == before


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [("mean", [2.5, 5]), ("sum", [5, 10]), ("max", [3, 6])],
)
def test_reductions_over_a_number_of_spectra(reduction: str, expected: list[float]) -> None:
    spectra = [[9, 9], [2, 4], [np.nan, np.inf], [3, 6]]
    state = filled(*spectra, reduction=reduction, span_count=3, last=2).since(0)
    assert trace(state, "reduction") == expected
    assert len(state.header["spectra"]) == 2


def test_a_reduction_over_a_time() -> None:
    state = filled([1], [2], [4], [6], reduction="mean", span_seconds=1.5).since(0)
    assert trace(state, "reduction") == [5]
    assert state.header["traces"][0]["name"] == "mean over 1.5 s"


def test_a_reduction_without_a_span_is_of_everything_since_it_was_chosen() -> None:
    model = filled(*[[n] for n in range(30)], last=5)
    model.configure({"reduction": "sum"})
    for number in range(200):
        model.add([1], mark(number))
    assert trace(model.since(0), "reduction") == [25 + 26 + 27 + 28 + 29 + 200]


def test_an_exponential_mean() -> None:
    assert trace(filled([0], [8], reduction="exponential", span_count=3).since(0), "reduction") == [
        4
    ]


def test_another_axis_starts_reductions_anew() -> None:
    for settings in ({"span_count": 10}, {}):
        model = filled([1, 1], [2, 2], [7], [9], reduction="mean", **settings)
        assert trace(model.since(0), "reduction") == [8]


def test_a_reference_is_the_newest_spectrum_or_the_reduction() -> None:
    model = filled([1, 2], [3, 4])
    model.configure({"reference": "set", "compare": "difference"})
    model.add([10, 20], mark(3))
    state = model.since(0)
    assert (trace(state, "reference"), trace(state, "difference")) == ([3, 4], [7, 16])
    assert model.settings["reference"] == "item 2"
    model.configure({"reduction": "max", "compare": "ratio"})
    assert trace(model.since(0), "ratio") == [pytest.approx(10 / 3), 5]
    model.configure({"reference": "set"})
    assert trace(model.since(0), "reference") == [10, 20]
    model.configure({"reference": "clear"})
    assert (roles(model.since(0)), model.settings["reference"]) == (["reduction"], None)


def test_a_spectrum_from_elsewhere_may_be_the_reference() -> None:
    model = filled([1, 2])
    model.configure({"reference": Spectrum([5, 5], label="standard")})
    assert trace(model.since(0), "reference") == [5, 5]
    assert model.settings["reference"] == "standard"


def test_without_a_spectrum_there_is_no_reference() -> None:
    with pytest.raises(UsageMistake, match="no spectrum yet"):
        SpectrumModel("topic").configure({"reference": "set"})


def test_errors_are_the_deviation_over_the_span_or_what_a_spectrum_brings() -> None:
    state = filled([1.0], [3.0], reduction="mean", span_count=5, errors="band").since(0)
    assert trace(state, "lower") == [pytest.approx(2 - np.sqrt(2))]
    own = filled(Spectrum([5.0, 6], y_error=[1, 2]), errors="bars").since(0)
    assert (trace(own, "lower"), trace(own, "upper")) == ([4, 4], [6, 8])
    shown = filled([1.0], [3.0], errors="band").since(0)
    assert trace(shown, "upper") == [pytest.approx(2 + np.sqrt(2))]
    for nothing in (
        filled([1.0], errors="band"),
        filled([1.0], [2.0], reduction="max", errors="band"),
    ):
        assert "lower" not in roles(nothing.since(0))


def test_peaks_are_of_the_reduction_or_else_of_the_newest() -> None:
    x = np.arange(200.0)
    model = filled((x, np.exp(-((x - 50) ** 2) / 50)), peaks=True)
    (peak,) = model.since(0).header["peaks"]
    assert peak["centre"] == pytest.approx(50, abs=0.5)
    assert set(peak) == {"centre", "height", "fwhm"}


def test_what_is_derived_is_reckoned_once_for_all_views() -> None:
    model = filled([1, 2], [3, 4], reduction="mean", span_count=2)
    assert model.traces() is model.traces()
    model.add([5, 6], mark(3))
    assert trace(model.since(0), "reduction") == [4, 5]


def test_a_wrong_setting_changes_nothing() -> None:
    model = filled([1])
    before = (model.version, dict(model.settings))
    for wrong in ({"reduction": "median"}, {"reference": "later"}, {"reference": None}):
        with pytest.raises(UsageMistake):
            model.configure({"peaks": True, **wrong})
    assert (model.version, dict(model.settings)) == before


def test_no_more_spectra_are_kept_than_the_settings_need() -> None:
    model = filled(*[[n] for n in range(10)], last=3, reduction="max", span_count=8)
    assert len(model._ring.items()) == 8
    assert len(model.items()) == 3
    model.configure({"reduction": "none", "errors": "none"})
    assert len(model._ring.items()) == 3


def test_memory_is_bounded_while_spectra_wait_for_a_long_span() -> None:
    model = filled(reduction="mean", span_seconds=1e6)
    for number in range(40):
        model.add(np.zeros(500_000), mark(number))
    assert sum(item.size for item in model._ring.items()) <= item_plot.BYTE_LIMIT
    assert isinstance(model._ring, ItemRing)


def kept(model: SpectrumModel) -> dict[int, list[float]]:
    """Return the values of the references that are drawn, by their slots."""
    state = model.since(0)
    return {
        one["slot"]: state.columns[one["y"]].tolist()
        for one in state.header["traces"]
        if one["role"] == "reference"
    }


def test_several_references_are_kept_and_one_of_them_is_compared_with() -> None:
    model = filled([1, 2], compare="difference")
    model.configure({"reference": "set"})
    model.add([10, 20], mark(2))
    model.configure({"slot": 3, "reference": "set"})
    assert kept(model) == {1: [1, 2], 3: [10, 20]}
    assert model.settings["references"] == ("item 1", None, "item 2", None)
    assert trace(model.since(0), "difference") == [0, 0]
    model.configure({"slot": 1})
    assert trace(model.since(0), "difference") == [9, 18]
    assert model.settings["reference"] == "item 1"
    model.configure({"slot": 2})
    assert "difference" not in roles(model.since(0))
    model.configure({"slot": 3, "reference": "clear"})
    assert kept(model) == {1: [1, 2]}


def test_a_hidden_reference_is_compared_with_all_the_same() -> None:
    model = filled([1, 2], compare="ratio", reference="clear")
    model.configure({"reference": "set", "hidden": [1]})
    assert kept(model) == {}
    assert trace(model.since(0), "ratio") == [1, 1]
    model.configure({"hidden": []})
    assert kept(model) == {1: [1, 2]}


def test_a_reference_can_be_named() -> None:
    model = filled([1, 2], reduction="mean")
    model.configure({"slot": 2, "reference": "set"})
    assert model.settings["reference"] == "mean until item 1"
    model.configure({"reference_name": " Fe foil "})
    assert model.settings["references"] == (None, "Fe foil", None, None)
    model.configure({"slot": 1, "reference_name": "nothing"})
    assert model.settings["reference_name"] is None


@pytest.mark.parametrize(
    "wrong",
    [{"slot": 5}, {"hidden": [0]}, {"hidden": 1}, {"reference_name": " "}, {"references": []}],
)
def test_a_wrong_slot_or_name_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageMistake):
        filled([1]).configure(wrong)
