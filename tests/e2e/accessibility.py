"""What axe-core finds wrong with our own elements of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.lab import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

AXE = ROOT / "labextension/node_modules/axe-core/axe.min.js"

OURS = ["#jupyter-stream-sidebar", ".jp-StreamTopic", ".jp-StreamWish"]

EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast"]}

LOOK = """async ([ours, runOnly]) => {
    const include = ours.filter(one => document.querySelector(one) !== null);
    const { violations } = await axe.run({ include }, { runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`));
}"""


def complaints(page: Page, rules: Mapping[str, object] = EVERYTHING) -> list[str]:
    """Return what breaks rules of accessibility, each with its rule and its element."""
    assert AXE.exists(), "axe-core is missing: `jlpm install` in labextension/ brings it"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(LOOK, [OURS, rules])
    return found
