"""The model of the image plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.image_model import ImageModel
from tests.plots.marks import mark

if TYPE_CHECKING:
    from jupyter_stream.plots.plot_model import PlotState


def shown(values: Any, **settings: Any) -> PlotState:
    model = ImageModel("detector")
    model.configure(settings)
    model.add(values, mark(1, label="a.tif"))
    return model.since(0)


def values_of(state: PlotState) -> np.ndarray:
    low, high = state.header["range"]
    codes = state.columns[state.header["image"]].reshape(state.header["sent"]).astype(float)
    return np.where(codes > 0, low + (codes - 1) / 254 * (high - low), np.nan)


def test_the_newest_image_comes_in_bytes_between_its_levels() -> None:
    picture = np.arange(12.0).reshape(3, 4)
    state = shown(picture, percentiles=[0, 100])
    header = state.header
    assert (header["shape"], header["sent"]) == ([3, 4], [3, 4])
    assert (header["x_range"], header["y_range"], header["origin"]) == (
        [-0.5, 3.5],
        [-0.5, 2.5],
        "top",
    )
    assert header["levels"] == header["range"] == [0, 11]
    assert (header["label"], header["title"]) == ("a.tif", "detector")
    np.testing.assert_allclose(values_of(state), picture, atol=0.03)
    assert state.columns[header["histogram"]["counts"]].sum() == 12
    assert header["statistics"]["sum"] == 66


def test_only_the_newest_of_many_is_kept_and_all_are_counted() -> None:
    model = ImageModel("detector")
    for number in range(5):
        model.add(np.full((2, 2), number), mark(number))
    state = model.since(2)
    assert (state.header["total"], state.header["fresh"]) == (5, 1)
    assert [item.value.values[0, 0] for item in model.items()] == [4]
    assert model.since(state.version).header["fresh"] == 0


def test_a_large_image_is_sent_as_large_as_it_is_shown() -> None:
    picture = np.zeros((600, 299), np.uint16)
    picture[401, 18] = 900
    state = shown(picture, max_side=100, downsample="max", percentiles=[0, 100])
    assert (state.header["shape"], state.header["sent"]) == ([600, 299], [100, 100])
    assert values_of(state)[401 // 6, 18 // 3] == 900
    assert state.header["statistics"]["max"] == 900
    mean = shown(picture, max_side=100, percentiles=[0, 100])
    assert values_of(mean).max() == pytest.approx(900 / 18)


def test_axes_of_their_own_turn_the_first_row_to_the_bottom() -> None:
    header = shown(
        {"image": np.zeros((2, 3)), "x": [1, 2, 3], "y": [10, 30], "x_unit": "mm"}
    ).header
    assert (header["x_range"], header["y_range"]) == ([0.5, 3.5], [0, 40])
    assert (header["origin"], header["x_label"]) == ("bottom", "x (mm)")


def test_masked_and_missing_pixels_count_for_nothing() -> None:
    picture = np.array([[-1.0, 1, 2], [3, np.nan, np.inf]])
    state = shown(picture, mask=-1, percentiles=[0, 100])
    assert state.header["statistics"] == {
        "min": 1,
        "max": 3,
        "mean": 2,
        "std": pytest.approx(np.sqrt(2 / 3)),
        "sum": 6,
        "masked": 3,
    }
    assert state.header["levels"] == [1, 3]
    assert np.isnan(values_of(state)).tolist() == [[True, False, False], [False, True, False]]


def test_a_region_has_statistics_of_its_own() -> None:
    picture = np.arange(12.0).reshape(3, 4)
    region = shown(picture, region=[2.2, 2.4, 0.8, 0.9]).header["region"]
    assert region["bounds"] == [0.8, 0.9, 2.2, 2.4]
    assert region["statistics"]["sum"] == 5 + 6 + 9 + 10
    assert shown(picture, region=[50, 50, 60, 60]).header["region"]["statistics"]["mean"] is None


@pytest.mark.parametrize(
    ("cut", "at", "x", "y"),
    [
        ({"axis": "row", "at": 1.3}, 1, [0, 1, 2, 3], [4, 5, 6, 7]),
        ({"axis": "column", "at": 99}, 3, [0, 1, 2], [3, 7, np.nan]),
    ],
)
def test_a_cut_goes_along_a_row_or_a_column(
    cut: dict[str, Any], at: float, x: list[float], y: list[float]
) -> None:
    state = shown(np.arange(12.0).reshape(3, 4), cut=cut, mask=11)
    found = state.header["cut"]
    assert (found["axis"], found["at"]) == (cut["axis"], at)
    np.testing.assert_array_equal(state.columns[found["x"]], x)
    np.testing.assert_array_equal(state.columns[found["y"]], y)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((4, 4), np.nan),
        np.full((4, 4), np.inf),
        np.zeros((4, 4)),
        np.full((4, 4), 1.7e308),
        np.array([[-1.7e308, 1.7e308]]),
        np.array([[5]], np.uint64),
        np.array([[True, False]]),
        np.array([[np.iinfo(np.int64).max, 0]]),
    ],
    ids=["nan", "inf", "flat", "huge", "wide", "one", "bool", "large"],
)
def test_odd_images_are_shown(picture: np.ndarray) -> None:
    header = shown(picture).header
    assert header["levels"][0] < header["levels"][1]
    assert header["sent"] == list(picture.shape)


def test_images_may_change_their_shape_and_kind_in_mid_stream() -> None:
    model = ImageModel("detector")
    for picture in (np.zeros((4, 5), np.uint8), np.ones((9, 2), np.float32)):
        model.add(picture, mark())
        assert model.since(0).header["shape"] == list(picture.shape)


def test_levels_are_found_once_until_that_is_asked_for_again() -> None:
    model = ImageModel("detector")
    model.configure({"level_mode": "once", "percentiles": [0, 100]})
    for highest in (2, 8):
        model.add([[0, highest]], mark())
        assert model.since(0).header["levels"] == [0, 2]
    model.configure({"level_mode": "once"})
    assert model.since(0).header["levels"] == [0, 8]
    model.configure({"levels": [1, 3]})
    assert model.since(0).header["levels"] == [1, 3]
    assert model.settings["level_mode"] == "locked"


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"region": [1, 2, 3]}, "four numbers"),
        ({"region": [1, 2, 3, "a"]}, "four numbers"),
        ({"cut": {"axis": "row"}}, '"axis"'),
        ({"cut": {"axis": "depth", "at": 1}}, '"axis"'),
        ({"cut": 5}, '"axis"'),
        ({"max_side": 1}, "at least 16"),
    ],
)
def test_wrong_settings_are_refused_and_nothing_changes(settings: Any, text: str) -> None:
    model = ImageModel("detector")
    before = (model.version, dict(model.settings))
    with pytest.raises(UsageMistake, match=text):
        model.configure({"mask": 5, **settings})
    assert (model.version, dict(model.settings)) == before
