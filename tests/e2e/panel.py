"""The panel of streams in the browser, and the clusters that it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.lab import ARTIFACTS, DEADLINE_MS
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page

    from tests.e2e.lab import LabServer

KEPT = """async ([key, text]) => {
    const { values } = await window.jupyterapp.serviceManager.workspaces.list();
    return values.some(({ data }) => JSON.stringify(data[key] ?? '').includes(text));
}"""

# Nothing listens there.
NOWHERE = "127.0.0.1:9"


def write_profiles(environment: Mapping[str, str], **addresses: str) -> None:
    """Write profiles by name where a server finds them."""
    lines = [
        f'[profiles.{name}.broker]\n"bootstrap.servers" = "{address}"\n'
        for name, address in addresses.items()
    ]
    folder = Path(environment["JUPYTER_CONFIG_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jupyter_stream.toml").write_text("\n".join(lines))


def home(server: LabServer) -> str:
    """Return the address of JupyterLab with nothing open that would take the focus later."""
    return server.address("").replace("lab/tree/", "lab")


class StreamPanel:
    """The panel of streams in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("#jupyter-stream-sidebar")
        self.tree = self.root.get_by_role("tree", name="Topics")
        self.filter = self.root.get_by_role("textbox", name="Filter topics")

    def open(self, address: str) -> None:
        """Open a page, and show the panel."""
        self.page.goto(address)
        self.show()

    def show(self) -> None:
        """Show the panel, once the page has it."""
        self.page.wait_for_function(
            "() => window.jupyterapp?.commands.hasCommand('jupyter-stream:open')",
            timeout=DEADLINE_MS,
        )
        self.page.evaluate("() => window.jupyterapp.restored")
        self.run("jupyter-stream:open")
        expect(self.root).to_be_visible()

    def run(self, command: str, **arguments: str) -> None:
        """Run a command of JupyterLab."""
        self.page.evaluate(
            "([id, args]) => window.jupyterapp.commands.execute(id, args)", [command, arguments]
        )

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what the page does, and let it go on meanwhile."""
        wait_until(lambda: condition() or self.page.evaluate("() => 0"), what)

    def wait_until_kept(self, key: str, text: str) -> None:
        """Wait until JupyterLab's server has kept a text under a key of the workspace."""
        self.wait_for(lambda: self.page.evaluate(KEPT, [key, text]), f"{text} in {key}")

    def choose(self, cluster: str) -> None:
        """Look at a cluster."""
        self.root.get_by_role("combobox", name="Cluster").select_option(cluster)

    def row(self, topic: str) -> Locator:
        """Return the rows of a topic: two if it is a favourite."""
        return self.tree.locator(f'[data-topic="{topic}"]')

    def rows(self) -> Locator:
        """Return the rows of all topics that are on the page."""
        return self.tree.locator("[data-topic]")

    def screenshot(self, name: str) -> None:
        """Keep pictures of the page in both themes among the artifacts."""
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            self.run("apputils:change-theme", theme=theme)
            self.page.wait_for_function(
                "theme => document.body.dataset.jpThemeName === theme", arg=theme
            )
            expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)
            self.page.screenshot(path=ARTIFACTS / f"{name}-{theme.split()[1].lower()}.png")


class TopicTab:
    """A topic in a tab of its own."""

    def __init__(self, page: Page, topic: str) -> None:
        self.root = page.locator(".jp-StreamTopic").filter(
            has=page.get_by_role("heading", name=topic, exact=True)
        )

    def choose(self, name: str) -> None:
        """Show a page of the topic."""
        self.root.get_by_role("tab", name=name, exact=True).click()
