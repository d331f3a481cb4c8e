"""The model of the spectrum plot."""

from __future__ import annotations

from threading import Thread

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.spectrum import Spectrum
from jupyter_stream.plots.spectrum_plot import SpectrumPlot, same_axis


def numbered(number: int) -> Spectrum:
    return Spectrum([number], label=str(number), x_label="Energy", x_unit="keV")


@given(st.integers(1, 10), st.integers(0, 30), st.integers(0, 30))
def test_a_view_gets_what_it_does_not_know(capacity: int, appended: int, known: int) -> None:
    plot = SpectrumPlot("topic", capacity)
    for number in range(1, appended + 1):
        plot.append(numbered(number))
    serials = [plotted.serial for plotted in plot.since(known).spectra]
    assert serials == [n for n in range(1, appended + 1) if n > max(known, appended - capacity)]
    assert plot.version == plot.since(known).version == appended


def test_the_texts_come_from_the_newest_spectrum() -> None:
    plot = SpectrumPlot("topic")
    assert plot.since(0).title == "topic"
    plot.append(numbered(1))
    snapshot = plot.since(0)
    assert (snapshot.title, snapshot.x_label, snapshot.y_label) == (
        "topic: 1",
        "Energy (keV)",
        "Counts",
    )


def test_spectra_from_four_threads_are_all_there_once() -> None:
    plot = SpectrumPlot("topic", capacity=4000)

    def append_many() -> None:
        for number in range(1000):
            plot.append(numbered(number))

    threads = [Thread(target=append_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [plotted.serial for plotted in plot.since(0).spectra] == list(range(1, 4001))


def test_very_large_spectra_are_fewer() -> None:
    plot = SpectrumPlot("topic")
    million = np.zeros(1_000_000)
    for _ in range(10):
        plot.append(Spectrum(million))
    kept = plot.since(0).spectra
    assert [plotted.serial for plotted in kept] == [7, 8, 9, 10]


def test_the_same_axis_is_recognised() -> None:
    assert same_axis(Spectrum([1, 2]), Spectrum([3, 4]))
    assert not same_axis(Spectrum([1, 2]), Spectrum([1, 2], x=[5, 6]))
    assert not same_axis(Spectrum([1, 2]), Spectrum([1, 2, 3]))
