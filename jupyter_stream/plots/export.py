"""Saving the data that a plot shows: CSV, NPZ or HDF5."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from jupyter_stream.errors import NotStored, UsageMistake
from jupyter_stream.plots.analysis_extra import needed
from jupyter_stream.plots.export_csv import csv_text
from jupyter_stream.plots.exported import Exported, exported

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from jupyter_stream.plots.plot_model import PlotModel

SUFFIXES = {".csv": "csv", ".npz": "npz", ".h5": "hdf5", ".hdf5": "hdf5", ".hdf": "hdf5"}


def export(
    model: PlotModel, target: str | os.PathLike[str] | BinaryIO, form: str | None = None
) -> None:
    """Save the data that a plot shows, with topic, partition, offset, label and time of each item.

    Parameters
    ----------
    model
        The plot.
    target
        A path, or a file that is open for writing bytes.
    form
        "csv", "npz" or "hdf5"; None to tell by the path's suffix.

    Raises
    ------
    UsageMistake
        There is no such form, or a library that it needs is not installed.
    NotStored
        The path cannot be written.
    """
    if isinstance(target, io.IOBase):
        target.write(export_bytes(model, form or ""))
        return
    path = Path(target)  # type: ignore[arg-type]
    content = export_bytes(model, form or SUFFIXES.get(path.suffix.lower(), path.suffix))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NotStored(f"{path} cannot be written: {error.strerror or error}") from None


def export_bytes(model: PlotModel, form: str) -> bytes:
    """Return the data that a plot shows as the content of a file.

    Parameters
    ----------
    model
        The plot.
    form
        "csv", "npz" or "hdf5".

    Raises
    ------
    UsageMistake
        There is no such form, or a library that it needs is not installed.
    """
    if form not in FORMS:
        raise UsageMistake(
            f"a plot cannot be saved as {form!r}; use {', '.join(FORMS)} "
            f"(suffixes {', '.join(SUFFIXES)})"
        )
    return FORMS[form](exported(model))


def _csv(data: Exported) -> bytes:
    return csv_text(data).encode("utf-8")


def _npz(data: Exported) -> bytes:
    file = io.BytesIO()
    texts = {name: np.array(text) for name, text in data.texts.items()}
    every: dict[str, Any] = {**texts, **data.arrays}
    np.savez_compressed(file, **every)
    return file.getvalue()


def _hdf5(data: Exported) -> bytes:
    h5py = needed("h5py", "HDF5 files")
    file = io.BytesIO()
    with h5py.File(file, "w") as root:
        for name, text in data.texts.items():
            root.attrs[name] = text
        for name, array in data.arrays.items():
            is_text = array.dtype.kind == "U"
            root[name] = array.astype(h5py.string_dtype()) if is_text else array
    return file.getvalue()


FORMS: dict[str, Callable[[Exported], bytes]] = {"csv": _csv, "npz": _npz, "hdf5": _hdf5}
