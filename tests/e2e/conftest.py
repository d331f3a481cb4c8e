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

    from playwright.sync_api import Browser, Error

    from tests.e2e.lab import LabServer

# JupyterLab's question about news would cover what the screenshots are to show.
NO_NEWS = {
    "apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


# No longer than its tests run: its event loop is that of the main thread, and others want to see
# none there.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


# Notebook 7 (7.6.5) says so at nearly each start, with or without extensions: what shows shortcuts
# hears of other settings before it has its own.
OF_NOTEBOOK_7 = "Cannot read properties of undefined (reading 'schema')"

# The widgets' own plugin logs this for outputs whose kernel has ended, unless it has looked at the
# kernel before it is asked; whether such outputs show their picture is tested.
OF_WIDGETS = "Error: widget model not found"


def is_complaint(error: Error) -> bool:
    """Say whether an error that a page threw may be ours."""
    return error.message != OF_NOTEBOOK_7 or "labextensions/jupyter-stream" in (error.stack or "")


def jupyter_folders(folder: Path) -> dict[str, str]:
    """Make folders of Jupyter's, the local broker's data among them, and name them to a server."""
    folders = {
        f"JUPYTER_{kind}_DIR": str(folder / "jupyter" / kind.lower())
        for kind in ("DATA", "CONFIG", "RUNTIME")
    }
    settings = Path(folders["JUPYTER_CONFIG_DIR"], "lab/user-settings/@jupyterlab")
    for name, content in NO_NEWS.items():
        path = settings / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content))
    return folders


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of Jupyter's that are the test's own."""
    return jupyter_folders(tmp_path)


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
    page.on("pageerror", lambda error: errors.append(str(error)) if is_complaint(error) else None)
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error"
            and not message.text.startswith(OF_WIDGETS)
            and "jupyter-stream" in message.text + message.location["url"]
            else None
        ),
    )
    yield Notebook(page)
    context.close()
    assert errors == []
