"""Pictures of what is ours in a page, in both themes, and with them checks of accessibility."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from tests.e2e.accessibility import COLOURS, EVERYTHING, complaints
from tests.e2e.lab import ARTIFACTS, Notebook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

THEMES = ["JupyterLab Light", "JupyterLab Dark"]

# So many colours are in a picture at most: it is a third as large, and looks the same.
SHADES = 256


def keep_pictures(
    page: Page,
    name: str,
    area: Locator | None = None,
    height: float = 1000,
    *,
    prepare: Callable[[], object] = lambda: None,
) -> None:
    """Keep pictures of the upper part of an area, and see that everybody can use what is ours.

    Without an area the whole page is the picture. JupyterLab hides the page while it changes
    themes: `prepare` is called after that, and waits for what comes again only then.
    """
    # What is under the pointer looks different.
    page.mouse.move(0, 0)
    # The theme that the page has comes first: each change takes a while.
    present = page.evaluate("() => document.body.dataset.jpThemeName")
    for theme in sorted(THEMES, key=lambda one: one != present):
        Notebook(page).use_theme(theme)
        prepare()
        # Nothing but colours differs between themes.
        found = complaints(page, EVERYTHING if theme == present else COLOURS)
        assert not found, "\n".join([f"{name} in {theme}:", *found])
        keep(page, area, height, ARTIFACTS / f"{name}-{theme.split()[1].lower()}.png")


def keep(page: Page, area: Locator | None, height: float, path: Path) -> None:
    """Keep a picture of the upper part of an area in a small file."""
    box = area.bounding_box() if area else None
    if box:
        box["height"] = min(height, box["height"])
    with Image.open(BytesIO(page.screenshot(clip=cast("Any", box)))) as picture:
        few = picture.convert("RGB").quantize(
            SHADES, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        few.save(path, optimize=True)
