"""What can be set on a spectrum plot."""

from __future__ import annotations

from typing import Any

from jupyter_stream.plots.references import References, slot_number, slot_numbers
from jupyter_stream.plots.settings import Rule, count, flag, number, one_of, optional, text
from jupyter_stream.plots.spectrum import Spectrum

LARGEST_SPAN = 10_000
LONGEST_NAME = 60
# What is set by these is told by them too, in another form.
COMMANDED = ("reference", "reference_name", "references")
COMMANDS = one_of("set", "clear")


def _reference(value: Any) -> Any:
    return value if isinstance(value, Spectrum) else COMMANDS.accept(value)


RULES = {
    "reduction": one_of("none", "mean", "sum", "max", "exponential"),
    "span_count": optional(count(1, LARGEST_SPAN)),
    "span_seconds": optional(number(1e-3)),
    "compare": one_of("none", "difference", "ratio"),
    "slot": slot_number(),
    "reference": Rule('"set", "clear" or a Spectrum', _reference),
    "reference_name": text(LONGEST_NAME),
    "hidden": slot_numbers(),
    "errors": one_of("none", "band", "bars"),
    "peaks": flag(),
}
DEFAULTS: dict[str, Any] = {
    "reduction": "none",
    "span_count": None,
    "span_seconds": None,
    "compare": "none",
    "slot": 1,
    "reference": None,
    "reference_name": None,
    "hidden": (),
    # What is kept is told, and changed by the settings of one slot alone.
    "references": References().names(),
    "errors": "none",
    "peaks": False,
}


def kept_spectra(settings: dict[str, Any], shown: int) -> int:
    """Return how many spectra have to be kept.

    Parameters
    ----------
    settings
        Those of the plot.
    shown
        How many are shown over one another.
    """
    if settings["reduction"] == "none":
        return shown
    if settings["span_seconds"] is not None and settings["span_count"] is None:
        return max(shown, LARGEST_SPAN)
    return max(shown, settings["span_count"] or 0)
