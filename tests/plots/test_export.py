"""Saving the data of plots."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
import pandas as pd
import pytest

from jupyter_stream.errors import NotStored, UsageMistake
from jupyter_stream.plots import analysis_extra
from jupyter_stream.plots.choose import KINDS, make_plot
from jupyter_stream.plots.export import export, export_bytes
from jupyter_stream.plots.spectrum import Spectrum
from tests.plots.marks import mark

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.plots.plot_model import PlotModel


def plotted(kind: str, *values: Any, label: str | None = None, **settings: Any) -> PlotModel:
    model = make_plot(kind, "topic µ")
    model.configure(settings)
    for number, value in enumerate(values):
        model.add(value, mark(number, label=label, time=1.7e9 + number))
    return model


def npz(model: PlotModel) -> dict[str, Any]:
    with np.load(io.BytesIO(export_bytes(model, "npz")), allow_pickle=False) as arrays:
        return dict(arrays)


def table(model: PlotModel) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(export_bytes(model, "csv")), comment="#")


@pytest.mark.parametrize("kind", ["spectrum", "waterfall"])
def test_spectra_come_with_their_axis_and_where_they_are_from(kind: str) -> None:
    spectra = [Spectrum([n, n + 1], x=[10, 20], x_label="E", x_unit="keV") for n in range(3)]
    model = plotted(kind, *spectra)
    arrays = npz(model)
    assert arrays["y"].tolist() == [[0, 1], [1, 2], [2, 3]]
    assert arrays["x"].tolist() == [10, 20]
    assert arrays["label"].tolist() == ["item 0", "item 1", "item 2"]
    assert (arrays["topic"].tolist(), arrays["partition"].tolist()) == (["topic"] * 3, [0, 1, 2])
    assert (arrays["offset"].tolist(), arrays["time"][2]) == ([0, 1, 2], 1.7e9 + 2)
    assert (str(arrays["title"]), str(arrays["x_label"])) == ("topic µ", "E (keV)")
    frame = table(model)
    assert list(frame.columns) == ["E (keV)", "item 0", "item 1", "item 2"]
    assert frame["item 2"].tolist() == [2, 3]
    text = export_bytes(model, "csv").decode()
    assert (
        "# item 1: item 1, topic topic, partition 1, offset 1, 2023-11-14T22:13:21.000+00:00\n"
        in text
    )


def test_spectra_of_several_axes_stand_below_one_another() -> None:
    model = plotted("spectrum", [1, 2], Spectrum([3, 4, 5], y_error=[1, 1, 1]))
    arrays = npz(model)
    assert (arrays["y_0"].tolist(), arrays["y_1"].tolist()) == ([1, 2], [3, 4, 5])
    assert arrays["y_error_1"].tolist() == [1, 1, 1]
    assert table(model)["item"].tolist() == [0, 0, 1, 1, 1]


def test_errors_and_what_is_derived_come_along_at_full_length() -> None:
    long = np.arange(20_000.0)
    errors = np.ones(20_000)
    model = plotted("spectrum", Spectrum(long, y_error=errors), long, reduction="sum", span_count=2)
    arrays = npz(model)
    assert len(arrays["reduction_y"]) == 20_000
    assert np.isnan(arrays["y_error"][1]).all()
    assert list(table(model).columns)[1:] == [
        "item 0",
        "item 1",
        "item 0 error",
        "item 1 error",
        "reduction",
    ]


def test_references_come_with_their_slots_and_names() -> None:
    model = plotted("spectrum", [1.0, 2])
    model.configure({"reference": "set"})
    model.configure({"slot": 4, "reference": "set", "reference_name": "Fe foil"})
    data = npz(model)
    assert data["reference_4"] == "Fe foil"
    assert data["reference_1_y"].tolist() == data["reference_4_y"].tolist() == [1, 2]
    assert {"reference_1", "reference_4"} < set(table(model).columns)


def test_an_image_is_a_matrix() -> None:
    model = plotted("image", {"image": np.arange(6, dtype=np.uint16).reshape(2, 3), "y": [5, 7]})
    arrays = npz(model)
    assert arrays["image"].dtype == np.uint16
    assert (arrays["x"].tolist(), arrays["y"].tolist()) == ([0, 1, 2], [5, 7])
    content = export_bytes(model, "csv").decode()
    assert content.splitlines()[-2:] == ["0,1,2", "3,4,5"]


def test_numbers_stand_in_rows() -> None:
    model = plotted("series", {"a": 1}, {"a": 2, "b": (3, "K")})
    assert npz(model)["names"].tolist() == ["a", "b"]
    frame = table(model)
    assert frame["a"].tolist() == [1, 2]
    assert np.isnan(frame["b"][0])
    assert frame["offset"].tolist() == [0, 1]
    assert pd.to_datetime(frame["time"])[1].timestamp() == 1.7e9 + 1


def test_texts_are_no_formulas_of_spreadsheets() -> None:
    model = plotted("table", {"a": "=1+1", "b": "plain"}, {"a": "+x", "b": "@x"}, label="-x")
    frame = table(model)
    assert frame["a"].tolist() == ["'=1+1", "'+x"]
    assert frame["label"].tolist() == ["'-x", "'-x"]
    assert npz(model)["cells"].tolist() == [["=1+1", "plain"], ["+x", "@x"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["csv", "npz", "hdf5"])
def test_an_empty_plot_can_be_saved(kind: str, form: str) -> None:
    assert export_bytes(plotted(kind), form)


@pytest.mark.parametrize(("kind", "value"), [("spectrum", [1, 2]), ("table", "x"), ("series", 1)])
def test_hdf5_holds_the_same_as_npz(kind: str, value: Any) -> None:
    model = plotted(kind, value, value, label="µ\ud800\0, 日本\n" + "x" * 5000)
    arrays = npz(model)
    with h5py.File(io.BytesIO(export_bytes(model, "hdf5"))) as root:
        assert root.attrs["kind"] == kind
        for name, dataset in root.items():
            is_text = h5py.check_string_dtype(dataset.dtype)
            found = dataset.asstr()[()] if is_text else dataset[()]
            np.testing.assert_array_equal(found, arrays[name])
    assert len(arrays["label"][0]) == 299
    table(model)


@pytest.mark.parametrize(
    ("name", "form"), [("a.csv", None), ("a.npz", None), ("a.H5", None), ("a", "csv")]
)
def test_the_suffix_tells_the_form(tmp_path: Path, name: str, form: str | None) -> None:
    model = plotted("spectrum", [1, 2])
    export(model, tmp_path / name, form)
    assert (tmp_path / name).read_bytes()[:4] in {b"# ki", b"PK\x03\x04", b"\x89HDF"}
    file = io.BytesIO()
    export(model, file, "csv")
    assert file.getvalue().startswith(b"# kind: spectrum\n")


@pytest.mark.parametrize("name", ["a.xlsx", "a"])
def test_another_form_there_is_not(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageMistake, match=r"use csv, npz, hdf5 \(suffixes .csv"):
        export(plotted("series"), tmp_path / name)


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotStored, match=r"absent/a.csv cannot be written: No such file"):
        export(plotted("series"), tmp_path / "absent" / "a.csv")


def test_without_h5py_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(analysis_extra, "import_module", absent)
    with pytest.raises(UsageMistake, match="HDF5 files need h5py"):
        export_bytes(plotted("series"), "hdf5")
