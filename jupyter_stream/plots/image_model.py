"""The image plot: the newest image, as large as a screen shows it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from jupyter_stream.plots.blocks import shrunk
from jupyter_stream.plots.columns import Columns
from jupyter_stream.plots.histogram import histogram
from jupyter_stream.plots.image import Image, as_image
from jupyter_stream.plots.image_region import cut_through, region_of
from jupyter_stream.plots.image_scale import ImageScale, image_scale
from jupyter_stream.plots.image_values import real_values
from jupyter_stream.plots.item_plot import BYTE_LIMIT, ItemPlot, Moment
from jupyter_stream.plots.item_ring import ItemRing
from jupyter_stream.plots.levels import (
    LEVEL_DEFAULTS,
    LEVEL_RULES,
    Levels,
    level_settings,
    sampled,
)
from jupyter_stream.plots.plot_model import PlotState
from jupyter_stream.plots.quantise import quantised
from jupyter_stream.plots.settings import Rule, count, number, one_of, optional
from jupyter_stream.plots.spectrum import with_unit
from jupyter_stream.plots.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_stream.plots.plot_model import Mark


def _bounds(value: Any) -> tuple[float, ...]:
    left, bottom, right, top = (number().accept(part) for part in value)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _cut(value: Any) -> dict[str, Any]:
    if set(value) != {"axis", "at"}:
        raise ValueError
    return {
        "axis": one_of("row", "column").accept(value["axis"]),
        "at": number().accept(value["at"]),
    }


RULES = {
    **LEVEL_RULES,
    "mask": optional(number()),
    "region": optional(Rule("four numbers, two corners", _bounds)),
    "cut": optional(Rule('{"axis": "row" or "column", "at": number}', _cut)),
    "max_side": count(16, 4096),
    "downsample": one_of("mean", "max"),
}
DEFAULTS = {
    **LEVEL_DEFAULTS,
    "mask": None,
    "region": None,
    "cut": None,
    "max_side": 1024,
    "downsample": "mean",
}


# Views show one of the last images that they were given, or have it on its way.
SEEN = 4


class ImageModel(ItemPlot[Image]):
    """The newest image of a stream.

    Parameters
    ----------
    title
        Title of the plot.
    """

    kind = "image"

    def __init__(self, title: str) -> None:
        super().__init__(title, RULES, DEFAULTS, ItemRing(1, BYTE_LIMIT))
        self._levels = Levels()
        self._shown = PlotState(0, {}, [])
        self._seen: ItemRing[Image] = ItemRing(SEEN, BYTE_LIMIT)
        self._seen_serial = 0

    def add(self, value: Any, mark: Mark) -> None:
        """Take in an image, or what counts as one.

        Parameters
        ----------
        value
            What `as_image` takes.
        mark
            Where it comes from.

        Raises
        ------
        Unplottable
            The value is something else.
        """
        image = as_image(value)
        with self._lock:
            self._put(image, mark, image.values.nbytes)

    def _rewind(self, total: int) -> None:
        if self._seen.items():
            self._ring = self._seen
        super()._rewind(total)
        self._ring.resize(1)
        self._seen = self._ring.until(total)
        self._levels = copy(self._levels)
        self._shown = PlotState(0, {}, [])

    def _reconsidered(self, settings: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        if {"level_mode", "percentiles", "mask"} & new.keys():
            self._levels.forget()
        return level_settings(settings, new)

    def since(self, version: int) -> PlotState:
        """Return what a view lacks: the newest image as it is shown with these settings.

        Parameters
        ----------
        version
            The version that the view knows; 0 for none.
        """
        with self._lock:
            moment = self._moment(version)
            newest = moment.items[-1] if moment.items else None
            if newest is not None and newest.serial != self._seen_serial:
                self._seen_serial = newest.serial
                self._seen.append(newest)
        label = (newest.value.label or newest.mark.label) if newest else ""
        header = {"kind": self.kind, **self._common(moment, label)}
        if newest is None:
            return PlotState(moment.version, header, [])
        shown = self._shown_once(moment, newest.value)
        return PlotState(moment.version, {**header, **shown.header}, shown.columns)

    def _shown_once(self, moment: Moment[Image], image: Image) -> PlotState:
        """Return how the image is shown, reckoned once for all views of a version."""
        shown = self._shown
        if shown.version != moment.version:
            columns = Columns()
            header = self._described(image, moment.settings, columns)
            shown = self._shown = PlotState(moment.version, header, columns.arrays)
        return shown

    def _described(
        self, image: Image, settings: Mapping[str, Any], columns: Columns
    ) -> dict[str, Any]:
        mask, scale = settings["mask"], image_scale(image)
        values = real_values(image.values, mask)
        small = shrunk(values, settings["max_side"], settings["downsample"])
        sample = sampled(small)
        levels = self._levels.found(settings, sample)
        counted = histogram(sample)
        region, cut = settings["region"], settings["cut"]
        return {
            **_texts(image),
            "shape": list(image.values.shape),
            "sent": list(small.shape),
            "image": columns.put(quantised(small, *levels)),
            "range": list(levels),
            "levels": list(levels),
            **_place(image, scale),
            "histogram": {
                "counts": columns.put(counted.counts),
                "low": counted.low,
                "high": counted.high,
            },
            "statistics": statistics(values),
            "region": None if region is None else region_of(image, scale, region, mask),
            "cut": None if cut is None else cut_through(image, scale, cut, mask, columns),
        }


def _texts(image: Image) -> dict[str, str]:
    return {
        "x_label": with_unit(image.x_label, image.x_unit),
        "y_label": with_unit(image.y_label, image.y_unit),
        "z_label": with_unit(image.z_label, image.z_unit),
    }


def _place(image: Image, scale: ImageScale) -> dict[str, Any]:
    # Without an axis of its own an image is a camera's: its first row is at the top.
    return {
        "x_range": [scale.x.start, scale.x.end],
        "y_range": [scale.y.start, scale.y.end],
        "origin": "top" if image.y is None else "bottom",
    }
