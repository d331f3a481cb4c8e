"""The panel of a large cluster: opened, filtered and scrolled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.sidebar.finding import Finding, slowest, spread
from tests.benchmarks.sidebar.topics import names_in
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import jupyter_stream as js
    from tests.benchmarks.sidebar.page import Page

PANEL = "#jupyter-stream-sidebar"
TAB = f'.jp-SideBar [data-id="{PANEL[1:]}"]'
FILTER = f'{PANEL} [aria-label="Filter topics"]'
TREE = f'{PANEL} [role="tree"]'
IS_OPEN = f"() => (document.querySelector('{PANEL}')?.offsetHeight ?? 0) > 0"
IS_USABLE = f"""() => {{
    const filter = document.querySelector('{FILTER}');
    const rows = document.querySelectorAll('{TREE} [role="treeitem"]');
    return filter?.disabled === false && rows.length > 0;
}}"""
# Rows that were found have the size of the whole list, and their matches marked.
IS_FILTERED = f"""() => {{
    const row = document.querySelector('{TREE} [role="treeitem"]');
    const [typed, found] = %s;
    const isAsTyped = (row?.querySelector('mark')?.textContent ?? '') === typed;
    const isFound = typed === '' || row?.ariaSetSize === String(found);
    return document.querySelector('{FILTER}').value === typed && isAsTyped && isFound;
}}"""
# Both ends of what is in sight need a row.
HAS_GAP = f"""() => {{
    const tree = document.querySelector('{TREE}');
    const rows = [...tree.querySelectorAll('[role="treeitem"]')];
    const tops = rows.map(row => parseFloat(row.style.top));
    const isThere = y => tops.some((top, index) => top <= y && y < top + rows[index].offsetHeight);
    const end = Math.min(tree.clientHeight, tree.firstElementChild.offsetHeight);
    return !isThere(tree.scrollTop) || !isThere(tree.scrollTop + end - 1);
}}"""
IS_KEPT = """async panel => {
    const { values } = await window.jupyterapp.serviceManager.workspaces.list();
    return values.some(({ data }) => data['layout-restorer:data']?.left?.current === panel);
}"""
SCROLLED = f"() => document.querySelector('{TREE}').scrollTop"
ROOM = f"""() => {{
    const tree = document.querySelector('{TREE}');
    return tree.scrollHeight - tree.clientHeight;
}}"""

OPEN_SECONDS = 2.0
FILTER_SECONDS = 0.05
FRAMES_A_SECOND = 60.0
RELOADS = 3
# All of them are found also where topics are few.
WORDS = ("topic17", "group0", "39")
ALL = "topic"
SCROLL_SECONDS = 5
SCROLL_SPEED = 4000


def panel(page: Page, cluster: js.Cluster) -> Iterator[Finding]:
    """Look at the panel, in a JupyterLab where nobody has done so yet.

    Parameters
    ----------
    page
        JupyterLab.
    cluster
        With the topics that it shows.
    """
    page.load({}, reset=True)
    first = page.until(lambda: page.click(TAB), IS_USABLE)
    yield slowest("the panel is opened for the first time", [first], OPEN_SECONDS)
    again = [_reopened(page) for _ in range(RELOADS)]
    yield slowest("JupyterLab is loaded with the panel open", again, OPEN_SECONDS)
    open_panel(page)
    yield _filtered(page, names_in(cluster))
    yield _scrolled(page)


def open_panel(page: Page) -> None:
    """Load JupyterLab with nothing but the panel open."""
    page.load({}, reset=True)
    page.until(lambda: page.click(TAB), IS_USABLE)


def _reopened(page: Page) -> float:
    wait_until(lambda: page.evaluate(IS_KEPT, PANEL[1:]), "the panel in the kept layout")
    page.load({"open": IS_OPEN, "usable": IS_USABLE}, reset=False)
    return page.shown("usable") - page.shown("open")


def _filtered(page: Page, names: Sequence[str]) -> Finding:
    page.click(FILTER)
    times = [seconds for word in WORDS for seconds in _typed(page, names, word)]
    return Finding(
        f"the filter is typed, {len(times)} key presses; median / 95 % / longest",
        f"{FILTER_SECONDS * 1000:g} ms",
        spread(times),
        bool(np.percentile(times, 95) <= FILTER_SECONDS),
    )


def _typed(page: Page, names: Sequence[str], word: str) -> Iterator[float]:
    """Type a word and take it back, and give the seconds of each press."""
    texts = [word[:length] for length in range(1, len(word) + 1)]
    for text in texts:
        yield _pressed(page, names, text[-1], text)
    for text in [*texts[-2::-1], ""]:
        yield _pressed(page, names, "Backspace", text)


def _pressed(page: Page, names: Sequence[str], key: str, typed: str) -> float:
    found = sum(typed in name for name in names)
    return page.until(lambda: page.press(key), IS_FILTERED % json.dumps([typed, found]))


def _scrolled(page: Page) -> Finding:
    """Scroll through what a filter has found: all topics, without groups."""
    for letter in ALL:
        page.press(letter)
    way = min(SCROLL_SPEED * SCROLL_SECONDS, int(page.evaluate(ROOM)))
    frames = page.frames_during(lambda: page.scroll(TREE, way, SCROLL_SPEED), HAS_GAP)
    assert page.evaluate(SCROLLED) >= 0.9 * way, "the wheel did not scroll the list"
    pace = frames.painted / frames.seconds
    return Finding(
        f"{way} pixels are scrolled by wheel, {SCROLL_SPEED} a second",
        f"{FRAMES_A_SECOND:g} frames/s",
        f"{pace:.1f} frames/s, longest {frames.longest * 1000:.0f} ms, "
        f"{frames.gaps} of {frames.painted} with rows missing",
        round(pace) >= FRAMES_A_SECOND and frames.gaps == 0,
    )
