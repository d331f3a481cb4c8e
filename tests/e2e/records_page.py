"""The records and the files of a topic, as the browser shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.lab import DEADLINE_MS
from tests.e2e.panel import PAGE
from tests.e2e.pictures import keep_pictures

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Machines that run tests may be busy.
expect.set_options(timeout=DEADLINE_MS / 3)

OFFSET = '[data-column="offset"]'


class RecordsPage:
    """The records of a topic in a tab."""

    def __init__(self, page: Page, topic: str) -> None:
        self.page = page
        self.root = page.get_by_role("region", name=f"Records of {topic}", exact=True)
        self.grid = self.root.get_by_role("grid", name="Records")
        self.rows = self.grid.locator('[role="row"][data-serial]')
        self.details = self.root.get_by_role("region", name="Record", exact=True)
        self.status = self.root.locator(".jp-StreamRecords-status")

    def button(self, name: str) -> Locator:
        """Return a button above the records."""
        return self.root.get_by_role("button", name=name, exact=True)

    def choose(self, field: str, value: str) -> None:
        """Choose in a list above the records."""
        self.root.get_by_label(field, exact=True).select_option(value)

    def row(self, text: str) -> Locator:
        """Return the row that holds a text."""
        return self.rows.filter(has_text=text)

    def offsets(self) -> list[int]:
        """Return the offsets of the rows that are made, from the top down."""
        tops = self.rows.evaluate_all(
            """rows => rows.map(row => [
                new DOMMatrix(getComputedStyle(row).transform).m42,
                Number(row.querySelector('[data-column="offset"]').textContent)
            ])"""
        )
        return [offset for _, offset in sorted(tops)]

    def expect_first(self, offset: int) -> None:
        """Wait until a record is at the top."""
        expect(self.rows.filter(visible=True).first.locator(OFFSET)).to_have_text(str(offset))

    def scroll_to_end(self) -> None:
        """Scroll down as far as there is something."""
        self.grid.evaluate("grid => { grid.scrollTop = grid.scrollHeight; }")

    def scroll_to_row(self, number: int) -> None:
        """Bring a row to the top, so far as there are enough below it."""
        self.grid.evaluate(
            "(grid, number) => { grid.scrollTop = number * "
            "grid.querySelector('[role=row][data-serial]').offsetHeight; }",
            number,
        )

    def scroll(self, pixels: int) -> None:
        """Turn the wheel over the records."""
        self.grid.hover()
        self.page.mouse.wheel(0, pixels)

    def live(self) -> None:
        """Start the live tail, and wait until it runs."""
        self.button("Live").click()
        expect(self.button("Live")).to_have_attribute("data-state", "running")

    def search(self, text: str) -> Locator:
        """Search for a text, and return what is said of the search."""
        self.root.get_by_label("Search for", exact=True).fill(text)
        self.button("Search").click()
        return self.root.locator(".jp-StreamRecords-progress")

    def pictures(self, name: str) -> None:
        """Keep pictures of the topic's tab, and see that everybody can use it."""
        area = self.page.locator(".jp-StreamTopic-tab").filter(visible=True)
        keep_pictures(self.page, f"records-{name}", area)


def open_topic(page: Page, address: str, cluster: str, topic: str) -> RecordsPage:
    """Open the tab of a topic in a fresh JupyterLab."""
    page.set_viewport_size(PAGE)
    page.goto(address)
    page.wait_for_function(
        "() => window.jupyterapp?.commands.hasCommand('jupyter-stream:open-topic')"
    )
    # What the address names opens late, and would cover the topic.
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.title.label.endsWith('.txt')"
    )
    page.evaluate(
        "place => window.jupyterapp.commands.execute('jupyter-stream:open-topic', place)",
        {"cluster": cluster, "topic": topic},
    )
    records = RecordsPage(page, topic)
    expect(records.root).to_be_visible()
    return records


def open_files(page: Page, topic: str) -> Locator:
    """Show the files of a topic whose tab is open, and return what lists them."""
    page.locator(".lm-TabBar-tab").filter(has_text=re.compile("^Files$")).click()
    files = page.locator(".jp-StreamFiles").filter(visible=True)
    expect(files).to_have_attribute("aria-label", f"Files of {topic}")
    return files
