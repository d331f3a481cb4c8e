"""Every kind of plot and its controls, as a user handles them in JupyterLab."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

import jupyter_stream as js
from tests.e2e.lab import ARTIFACTS, DEADLINE_MS
from tests.e2e.stage import Stage, image, spectrum
from tests.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Download, Locator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer, Notebook

WATCH = 1

# As JupyterLab does when its theme changes, while a painting is due already.
HIDE_WHILE_PAINTING = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    document.body.classList.toggle('jp-stream-test');
    await new Promise(done => setTimeout(done, 0));
    const page = document.getElementById('main');
    page.style.display = 'none';
    await frame();
    page.style.display = '';
    await frame();
    await frame();
}"""

INKED = """name => {
    const { width, height } = document.querySelector(name);
    const pen = document.querySelector(name).getContext('2d');
    return width > 0 && pen.getImageData(0, 0, width, height).data.some(value => value > 0);
}"""


@pytest.fixture
def stage(folder: Path, kafka_broker: RunningBroker, kafka_topic: MakeTopic) -> Stage:
    """Topics on the tests' broker, and notebooks in the folder of JupyterLab."""
    address = kafka_broker.bootstrap
    return Stage(js.connect(address), address, kafka_topic, folder)


class PlotOnPage:
    """The plot that a cell shows."""

    def __init__(self, notebook: Notebook, cell: int = WATCH) -> None:
        self.notebook = notebook
        self.cell = notebook.cell(cell)
        self.host = self.cell.locator(".jp-StreamPlot")

    def shows(self, pattern: str) -> None:
        """Wait until the plot says that it shows something."""
        label = re.compile(pattern)
        expect(self.host).to_have_attribute("aria-label", label, timeout=DEADLINE_MS)

    def press(self, name: str) -> None:
        """Press a button of the plot."""
        self.host.get_by_role("button", name=name, exact=True).click()

    def choose(self, name: str, value: str) -> None:
        """Choose from a list of the plot."""
        self.host.get_by_role("combobox", name=name, exact=True).select_option(label=value)

    def enter(self, name: str, value: str) -> None:
        """Enter a number."""
        field = self.host.get_by_role("spinbutton", name=name, exact=True)
        field.fill(value)
        field.press("Enter")

    def setting(self, name: str) -> Any:
        """Return a setting of the model in the kernel."""
        code = f"import json\nprint(json.dumps(w.plot.settings[{name!r}]))"
        return json.loads(self.notebook.run_in_kernel(code))

    def wait_for_setting(self, name: str, value: object) -> None:
        """Wait until the model in the kernel has a setting."""
        wait_until(lambda: self.setting(name) == value, f"{name} = {value}")

    def download(self, name: str) -> Download:
        """Save or export by the plot's menu."""
        self.host.locator(".jp-StreamMenu summary").click()
        with self.notebook.page.expect_download() as download:
            self.press(name)
        return download.value

    def point(self, across: float, upwards: float) -> tuple[float, float]:
        """Return a point within the frame, from shares of its width and height."""
        box = self.frame.bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + (1 - upwards) * box["height"]

    @property
    def frame(self) -> Locator:
        """What is between the axes, nearly."""
        return self.host.locator(".jp-StreamPlot-stage")

    def in_both_themes(self, name: str) -> None:
        """Keep pictures of the view."""
        self.notebook.page.mouse.move(0, 0)
        view = self.cell.locator(".jp-StreamView")
        for theme, ending in (("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")):
            self.notebook.use_theme(theme)
            view.screenshot(path=ARTIFACTS / f"{name}-{ending}.png")


def opened(lab: LabServer, notebook: Notebook, name: str, *cells: int) -> PlotOnPage:
    """Open a notebook, and run its first cells."""
    notebook.open(lab.address(name))
    for cell in cells or (0, WATCH):
        notebook.run_cell(cell)
    return PlotOnPage(notebook)


def test_a_spectrum_is_reduced_compared_and_marked(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(12)), named="fluorescence")
    name = stage.notebook(f"%stream_watch {topic} --plot spectrum --to w")
    plot = opened(lab, notebook, name)
    plot.shows("12 spectra")
    plot.press("Options")
    plot.choose("Reduce by", "Mean")
    plot.wait_for_setting("reduction", "mean")
    plot.press("Set reference")
    wait_until(lambda: plot.setting("reference") is not None, "a reference")
    plot.choose("Reference", "2: empty")
    plot.wait_for_setting("slot", 2)
    plot.press("Set reference")
    wait_until(lambda: plot.setting("references")[1] is not None, "a second reference")
    field = plot.host.get_by_role("textbox", name="Name", exact=True)
    field.fill("Fe foil")
    field.press("Enter")
    plot.wait_for_setting("reference_name", "Fe foil")
    plot.choose("Compare", "Ratio")
    plot.choose("Errors", "Band")
    plot.host.get_by_role("checkbox", name="Peaks").check()
    plot.wait_for_setting("peaks", True)
    plot.wait_for_setting("compare", "ratio")
    plot.wait_for_setting("errors", "band")
    plot.choose("over", "the last … spectra")
    plot.wait_for_setting("span_count", 10)
    stage.write(topic, spectrum(12))
    plot.shows("13 spectra")
    plot.in_both_themes("plot-spectrum-reduced")
    plot.choose("Compare", "None")
    plot.choose("Scale of the y axis", "Log")
    plot.choose("Errors", "Bars")
    plot.wait_for_setting("errors", "bars")
    plot.in_both_themes("plot-spectrum-log")
    plot.choose("Scale of the y axis", "Symlog")
    notebook.page.mouse.move(*plot.point(0.4, 0.5))
    expect(plot.host.locator(".jp-StreamPlot-reading")).to_contain_text("newest")


def test_a_paused_picture_goes_on_counting(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(spectrum(number) for number in range(3)))
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --plot spectrum --to w"))
    plot.shows("3 spectra")
    plot.press("Pause the picture; the data go on")
    stage.write(topic, *(spectrum(number) for number in range(3, 8)))
    missed = plot.host.locator(".jp-StreamPlot-missed")
    expect(missed).to_have_text("Paused · 5 not shown")
    plot.press("Options")
    plot.press("Set reference")
    held = plot.host.locator(".jp-StreamPlot-label").inner_text()
    wait_until(lambda: plot.setting("reference") == held, "what is seen to be the reference")
    plot.shows("3 spectra")
    expect(plot.cell.locator(".jp-StreamPill")).to_have_text("Running")
    plot.press("Show what comes again")
    plot.shows("8 spectra")
    expect(missed).to_have_text("")


def test_a_waterfall_has_a_row_for_each_spectrum(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(named="diffraction")
    stage.write_each_second(topic, *(spectrum(number) for number in range(40)))
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --plot waterfall --to w"))
    plot.shows("40 rows")
    plot.press("Options")
    plot.choose("Colour map", "Inferno")
    plot.choose("Levels", "Locked")
    plot.wait_for_setting("level_mode", "locked")
    plot.choose("Levels", "Follow each")
    plot.wait_for_setting("level_mode", "continuous")
    plot.enter("to %", "95")
    plot.wait_for_setting("percentiles", [1, 95])
    notebook.page.mouse.click(*plot.point(0.4, 0.6))
    wait_until(lambda: plot.setting("selected") is not None, "a row to be chosen")
    expect(plot.host.locator(".jp-StreamSide")).to_be_visible()
    plot.in_both_themes("plot-waterfall")
    notebook.page.evaluate(HIDE_WHILE_PAINTING)
    assert notebook.page.evaluate(INKED, ".jp-StreamSide canvas")


def test_an_image_has_levels_a_region_and_cuts(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(*(image(number) for number in range(3)), named="camera")
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --to w"))
    plot.shows("3 images, the newest of 256 by 256 pixels")
    expect(plot.cell.locator(".jp-StreamCard")).to_contain_text("image")
    plot.press("Cut along a row: click on it")
    notebook.page.mouse.click(*plot.point(0.5, 0.5))
    wait_until(lambda: plot.setting("cut") is not None, "a cut")
    plot.press("Statistics of a region: drag a rectangle")
    notebook.page.mouse.move(*plot.point(0.45, 0.6))
    notebook.page.mouse.down()
    notebook.page.mouse.move(*plot.point(0.6, 0.4), steps=4)
    notebook.page.mouse.up()
    wait_until(lambda: plot.setting("region") is not None, "a region")
    expect(plot.host.locator(".jp-StreamPlot-statistics")).to_contain_text("Region: min")
    plot.press("Options")
    plot.enter("Mask", "10")
    plot.wait_for_setting("mask", 10)
    plot.enter("to", "150")
    wait_until(lambda: (plot.setting("levels") or [0, 0])[1] == 150, "levels by hand")
    plot.in_both_themes("plot-image")
    plot.press("Clear region")
    plot.wait_for_setting("region", None)


def test_a_series_has_an_axis_for_each_magnitude(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic(named="furnace")
    stage.write_each_second(
        topic,
        *(
            {"temperature": 21 + 3 * np.sin(number / 9), "pressure": 1e5 + 20.0 * number}
            for number in range(120)
        ),
    )
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --to w"))
    plot.shows("2 curves, 240 points")
    expect(plot.cell.locator(".jp-StreamCard")).to_contain_text("series")
    plot.in_both_themes("plot-series")
    notebook.page.mouse.move(*plot.point(0.5, 0.5))
    expect(plot.host.locator(".jp-StreamPlot-reading")).to_contain_text("temperature")


def test_what_no_plot_shows_is_a_table(lab: LabServer, notebook: Notebook, stage: Stage) -> None:
    hostile = "<b>bold</b><script>alert(1)</script>"
    topic = stage.topic(
        *({"sample": f"s{number}", "note": hostile} for number in range(5)), named="samples"
    )
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --to w"))
    table = plot.host.locator("table")
    expect(table).to_contain_text("s4")
    expect(table).to_contain_text(hostile)
    assert table.locator("b").count() == 0
    expect(table.locator("tbody tr")).to_have_count(5)
    plot.in_both_themes("plot-table")


@pytest.mark.parametrize("kind", ["spectrum", "waterfall", "image", "series", "table"])
def test_what_is_shown_can_be_saved(
    lab: LabServer, notebook: Notebook, stage: Stage, kind: str, tmp_path: Path
) -> None:
    values: dict[str, Any] = {
        "spectrum": spectrum(1),
        "waterfall": spectrum(1),
        "image": image(1),
        "series": 3.5,
        "table": {"sample": "s1"},
    }
    topic = stage.topic(values[kind])
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --plot {kind} --to w"))
    expect(plot.cell.locator(".jp-StreamCard")).to_contain_text("Results1")
    plot.download("Data as CSV").save_as(tmp_path / "CSV")
    assert topic in (tmp_path / "CSV").read_text()
    if kind != "table":
        for form, begin in {"NPZ": b"PK", "HDF5": b"\x89HDF"}.items():
            plot.download(f"Data as {form}").save_as(tmp_path / form)
            assert (tmp_path / form).read_bytes().startswith(begin)
        plot.download("Picture as PNG").save_as(tmp_path / "PNG")
        assert (tmp_path / "PNG").read_bytes().startswith(b"\x89PNG")
        plot.download("Picture as SVG").save_as(tmp_path / "SVG")
        assert b"<svg" in (tmp_path / "SVG").read_bytes()


def test_a_plot_asked_of_something_else_says_what_arrived(
    lab: LabServer, notebook: Notebook, stage: Stage
) -> None:
    topic = stage.topic({"sample": "s1"}, spectrum(1))
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --plot spectrum --to w"))
    plot.shows("1 spectrum")
    problems = plot.cell.locator(".jp-StreamProblems-summary")
    expect(problems).to_have_text("1 error")
    problems.click()
    expect(plot.cell.locator(".jp-StreamProblems-list")).to_contain_text("dict")


# Controls without a name, or that the keyboard does not reach.
UNREACHABLE = """host => [...host.querySelectorAll('button, select, input, summary, [tabindex]')]
    .filter(control => control.offsetParent !== null && !control.closest('.bk-Figure'))
    .filter(control => control.tabIndex < 0
        || !(control.getAttribute('aria-label') || control.textContent.trim()))
    .map(control => control.outerHTML.slice(0, 200))"""

RING = """() => getComputedStyle(document.activeElement).outlineStyle"""


@pytest.mark.parametrize("kind", ["spectrum", "image", "table"])
def test_every_control_has_a_name_and_is_reached_by_the_keyboard(
    lab: LabServer, notebook: Notebook, stage: Stage, kind: str
) -> None:
    topic = stage.topic(image(1) if kind == "image" else spectrum(1))
    plot = opened(lab, notebook, stage.notebook(f"%stream_watch {topic} --plot {kind} --to w"))
    plot.shows("1 (spectrum|row|image)")
    if kind != "table":
        plot.press("Options")
    assert plot.host.locator("button").count() > 1
    assert plot.host.evaluate(UNREACHABLE) == []
    plot.host.get_by_role("button", name=re.compile("Pause the")).focus()
    notebook.page.keyboard.press("Tab")
    assert notebook.page.evaluate(RING) != "none"
