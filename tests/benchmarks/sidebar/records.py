"""The records of a long topic: the newest ones, and those from a time on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.sidebar.finding import Finding, slowest
from tests.benchmarks.sidebar.records_tab import RECORDS, close_topic, is_first, open_topic
from tests.benchmarks.sidebar.topics import LONG, LONG_PARTITIONS, START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.sidebar.page import Page

PAGE = 100
NEWEST_SECONDS = 0.5
SEEK_SECONDS = 1.0
ROUNDS = 5
GO = f"{RECORDS} form button[type=submit]"
FROM_A_TIME = f"""() => {{
    const choice = document.querySelector('{RECORDS} [aria-label="Show from"]');
    choice.value = 'time';
    choice.dispatchEvent(new Event('change', {{ bubbles: true }}));
}}"""
# React hears of a value only that was not set by its own property.
SET_TIME = f"""seconds => {{
    const field = document.querySelector('{RECORDS} [aria-label="Time to show from"]');
    const local = new Date(seconds * 1000);
    local.setMinutes(local.getMinutes() - local.getTimezoneOffset());
    const {{ set }} = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    set.call(field, local.toISOString().slice(0, 19));
    field.dispatchEvent(new Event('input', {{ bubbles: true }}));
}}"""


def records(page: Page, count: int) -> Iterator[Finding]:
    """Look at the records of the long topic.

    Parameters
    ----------
    page
        JupyterLab.
    count
        How many there are.
    """
    newest = [_newest(page, count) for _ in range(ROUNDS)]
    yield slowest(f"the newest {PAGE} of {count} records", newest, NEWEST_SECONDS)
    page.evaluate(FROM_A_TIME)
    seconds = count // 1000
    marks = [seconds * part // (ROUNDS + 1) for part in range(1, ROUNDS + 1)]
    sought = [_sought(page, second) for second in marks]
    yield slowest(f"records of {count} from a time on", sought, SEEK_SECONDS)
    close_topic(page)


def _newest(page: Page, count: int) -> float:
    """Open the topic's tab anew."""
    if page.evaluate(f"() => document.querySelector('{RECORDS}') !== null"):
        close_topic(page)
    partition, offset = (count - 1) % LONG_PARTITIONS, (count - 1) // LONG_PARTITIONS
    return open_topic(page, LONG, is_first(partition, offset, PAGE))


def _sought(page: Page, second: int) -> float:
    page.evaluate(SET_TIME, START + second)
    partition, offset = 1000 * second % LONG_PARTITIONS, 1000 * second // LONG_PARTITIONS
    return page.until(lambda: page.click(GO), is_first(partition, offset, PAGE))
