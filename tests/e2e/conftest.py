"""What the end-to-end tests share."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.lab import ARTIFACTS, DEADLINE_MS, FLAGS, ROOT, Notebook, chromium, lab_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.e2e.lab import LabServer

# JupyterLab's question about news would cover what the screenshots are to show.
NO_NEWS = {
    "apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of Jupyter's that are the test's own, the local broker's data among them."""
    folders = {
        f"JUPYTER_{kind}_DIR": str(tmp_path / "jupyter" / kind.lower())
        for kind in ("DATA", "CONFIG", "RUNTIME")
    }
    settings = Path(folders["JUPYTER_CONFIG_DIR"], "lab/user-settings/@jupyterlab")
    for name, content in NO_NEWS.items():
        path = settings / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content))
    return folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the examples to work in."""
    work = tmp_path / "work"
    shutil.copytree(ROOT / "examples", work, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return work


@pytest.fixture
def lab(folder: Path, environment: dict[str, str]) -> Iterator[LabServer]:
    """Run JupyterLab in the folder."""
    ARTIFACTS.mkdir(exist_ok=True)
    with lab_server(folder, environment) as server:
        yield server


@pytest.fixture
def notebook(browser: Browser) -> Iterator[Notebook]:
    """Give a page for a notebook, and see that nothing of ours complained in it."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error"
            and "jupyter-stream" in message.text + message.location["url"]
            else None
        ),
    )
    yield Notebook(page)
    context.close()
    assert errors == []
