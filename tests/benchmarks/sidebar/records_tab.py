"""The records of a topic in a tab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.sidebar.page import Page

RECORDS = ".jp-StreamRecords"
OPEN = """topic => {
    sidebarProbe.touched = performance.now();
    void jupyterapp.commands.execute('jupyter-stream:open-topic', { cluster: 'lab', topic });
}"""
CLOSE = "() => jupyterapp.shell.currentWidget.close()"
FIRST_ROW = f"""[...document.querySelectorAll('{RECORDS} [role=row][data-serial]')].find(
    row => new DOMMatrix(row.style.transform).m42 === 0)"""
# Row and head are counted.
IS_FIRST = f"""() => {{
    const [partition, offset, least] = %s;
    const row = {FIRST_ROW};
    const cell = name => Number(row?.querySelector(`[data-column="${{name}}"]`)?.textContent);
    const rows = document.querySelector('{RECORDS} [role=grid]')?.ariaRowCount;
    return cell('partition') === partition && cell('offset') === offset && rows > least;
}}"""


def is_first(partition: int, offset: int, least: int = 1) -> str:
    """Return a JavaScript function that tells whether a record is in the first row.

    Parameters
    ----------
    partition, offset
        Of the record.
    least
        How many records have to be there.
    """
    return IS_FIRST % json.dumps([partition, offset, least])


def open_topic(page: Page, topic: str, shown: str) -> float:
    """Open the tab of a topic, and return the seconds until something is shown.

    Parameters
    ----------
    page
        JupyterLab.
    topic
        Which one.
    shown
        A JavaScript function that tells it.
    """
    return page.until(lambda: page.evaluate(OPEN, topic), shown)


def close_topic(page: Page) -> None:
    """Close the tab that is in front."""
    page.evaluate(CLOSE)
