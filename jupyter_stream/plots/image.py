"""Images, and what counts as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from jupyter_stream.errors import Unplottable
from jupyter_stream.plots.as_array import as_array, outer_shape
from jupyter_stream.plots.labelled_array import LabelledArray, labelled_array
from jupyter_stream.plots.short_text import short

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LARGEST = 256 * 2**20
PICTURE_NAMES = ("image", "values", "z", "data", "frame", "intensity")


@dataclass(frozen=True, slots=True, eq=False, init=False, repr=False)
class Image:
    """One image: values over two axes.

    Parameters
    ----------
    values
        The values, shape (h, w), in `z_unit`; at most 256 MiB.
    x, y
        The axes, shapes (w,) and (h,), evenly spaced; None for the numbers of columns and rows.
    x_label, y_label, z_label
        What the axes and the values are.
    x_unit, y_unit, z_unit
        Their units; empty for none.
    label
        What this image is, for example a file name.

    Raises
    ------
    Unplottable
        The shapes do not fit, or the values are no numbers.
    """

    values: NDArray[Any]
    x: NDArray[np.float64] | None
    y: NDArray[np.float64] | None
    x_label: str
    x_unit: str
    y_label: str
    y_unit: str
    z_label: str
    z_unit: str
    label: str

    def __init__(
        self,
        values: ArrayLike,
        x: ArrayLike | None = None,
        y: ArrayLike | None = None,
        *,
        x_label: str = "",
        x_unit: str | None = "",
        y_label: str = "",
        y_unit: str | None = "",
        z_label: str = "",
        z_unit: str | None = "",
        label: str = "",
    ) -> None:
        picture = _picture(values)
        fields = {
            "values": picture,
            "x": None if x is None else _axis(x, "x", picture.shape[1]),
            "y": None if y is None else _axis(y, "y", picture.shape[0]),
            "x_label": short(x_label) or ("Column" if x is None else "x"),
            "y_label": short(y_label) or ("Row" if y is None else "y"),
        }
        texts = {"x_unit": x_unit, "y_unit": y_unit, "z_label": z_label, "z_unit": z_unit}
        fields.update({name: short(text) for name, text in texts.items()})
        for name, value in {**fields, "label": short(label)}.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        name = f"{self.label!r}, " if self.label else ""
        height, width = self.values.shape
        return f"<Image {name}{height} x {width} of {self.values.dtype}>"


def as_image(result: Any) -> Image:
    """Take what an analysis function returned as an image.

    Parameters
    ----------
    result
        An `Image`; an array of two axes, of numpy or xarray; or a mapping that has one (as
        "image", "values", or under any name if it is the only one) and, if wanted, the other
        fields of `Image`.

    Raises
    ------
    Unplottable
        The result is something else.
    """
    if isinstance(result, Image):
        return result
    if isinstance(result, Mapping):
        return _from_mapping({str(name): value for name, value in result.items()})
    labelled = labelled_array(result)
    if labelled and len(labelled.dimensions) == 2:  # noqa: PLR2004 - an image
        return _from_labelled(labelled)
    return Image(result)


def _from_labelled(array: LabelledArray) -> Image:
    y, x = array.dimensions
    return Image(
        array.values,
        x.values,
        y.values,
        x_label=x.label,
        x_unit=x.unit,
        y_label=y.label,
        y_unit=y.unit,
        z_label=array.label,
        z_unit=array.unit,
    )


def _from_mapping(fields: dict[str, Any]) -> Image:
    name = _picture_name(fields)
    known = {key: fields[key] for key in Image.__slots__ if key in fields and key != name}
    known.pop("values", None)
    return Image(fields[name], **known)


def _picture_name(fields: dict[str, Any]) -> str:
    planes = [name for name, value in fields.items() if len(outer_shape(value)) == 2]  # noqa: PLR2004
    for name in (*PICTURE_NAMES, *planes[:1]):
        if name in planes:
            return name
    raise Unplottable(f"an image needs an array of two axes; this is a dict of {sorted(fields)}")


def _picture(values: Any) -> NDArray[Any]:
    try:
        array = as_array(values)
    except ValueError as error:
        raise Unplottable(f"this {type(values).__name__} is no image: {error}") from None
    if array.dtype.kind not in "biuf":
        raise Unplottable(
            f"an image needs real numbers; this is {type(values).__name__} ({array.dtype})"
        )
    if array.ndim != 2 or array.size == 0:  # noqa: PLR2004 - an image
        raise Unplottable(
            f"an image needs an array of two axes; this one is {array.dtype} of shape {array.shape}"
        )
    if array.nbytes > LARGEST:
        raise Unplottable(
            f"this image has {array.nbytes / 2**20:.0f} MiB, and an image may have "
            f"{LARGEST // 2**20}; return a part of it"
        )
    # A copy of its own: the user's function may reuse its array for the next item.
    return np.array(array, dtype=_plain(array.dtype), order="C")


def _plain(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return the dtype that numbers are kept in: of this machine's byte order, and common."""
    if dtype.kind == "f" and dtype.itemsize not in {4, 8}:
        return np.dtype(np.float32 if dtype.itemsize == 2 else np.float64)  # noqa: PLR2004 - half
    return np.dtype(np.uint8) if dtype.kind == "b" else dtype.newbyteorder("=")


def _axis(values: Any, name: str, length: int) -> NDArray[np.float64]:
    axis = as_array(values)
    if axis.dtype.kind not in "biuf" or axis.shape != (length,):
        raise Unplottable(
            f"{name} is {axis.dtype} of shape {axis.shape}; an axis of {length} numbers is needed"
        )
    if not np.isfinite(axis).all():
        raise Unplottable(f"{name} holds values that are no numbers")
    return axis.astype(np.float64)
