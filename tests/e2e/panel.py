"""The panel of streams in the browser, and the clusters that it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.lab import DEADLINE_MS
from tests.e2e.pictures import keep_pictures
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page, ViewportSize

    from tests.e2e.lab import LabServer

KEPT = """async ([key, text]) => {
    const { values } = await window.jupyterapp.serviceManager.workspaces.list();
    return values.some(({ data }) => JSON.stringify(data[key] ?? '').includes(text));
}"""

# Nothing listens there.
NOWHERE = "127.0.0.1:9"

# Pictures of states with a few lines only, and of pages of a topic, are cut off here.
SHORT = 430
PAGE: ViewportSize = {"width": 1240, "height": 680}


def profile_file(environment: Mapping[str, str]) -> Path:
    """Return where a server finds profiles."""
    folder = Path(environment["JUPYTER_CONFIG_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "jupyter_stream.toml"


def configure(environment: Mapping[str, str], **settings: object) -> None:
    """Set what a server that is started later shows and allows."""
    file = profile_file(environment).with_name("jupyter_server_config.json")
    file.write_text(json.dumps({"StreamServer": settings}))


def write_profiles(environment: Mapping[str, str], **addresses: str) -> None:
    """Write profiles by name where a server finds them."""
    lines = [
        f'[profiles.{name}.broker]\n"bootstrap.servers" = "{address}"\n'
        for name, address in addresses.items()
    ]
    profile_file(environment).write_text("\n".join(lines))


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

    def open(self, server: LabServer) -> None:
        """Open JupyterLab, and show the panel."""
        self.open_page(server)
        self.show()
        # The ring around what has the focus would stand in pictures.
        self.page.evaluate("() => document.activeElement.blur()")

    def show(self) -> None:
        """Show the panel, once the page has it."""
        self.await_page()
        self.run("jupyter-stream:open")
        self.page.wait_for_function(
            "() => document.activeElement.closest('#jupyter-stream-sidebar')"
        )

    def open_page(self, server: LabServer) -> None:
        """Open JupyterLab, and wait for what opens last, which takes the focus."""
        self.page.set_viewport_size(PAGE)
        self.page.goto(home(server))
        self.await_page()
        expect(self.page.locator(".jp-Launcher")).to_be_focused()

    def await_page(self) -> None:
        """Wait until the page has the panel, and has restored what was open."""
        self.page.wait_for_function(
            "() => window.jupyterapp?.commands.hasCommand('jupyter-stream:open')",
            timeout=DEADLINE_MS,
        )
        self.page.evaluate("() => window.jupyterapp.restored")

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

    def command(self, name: str) -> None:
        """Run a command as a user does: find it in the palette by its name."""
        keyboard = self.page.keyboard
        palette = self.open_palette()
        keyboard.type(name)
        expect(palette.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text(name)
        keyboard.press("Enter")
        expect(palette).to_be_hidden()

    def open_palette(self) -> Locator:
        """Open the palette, which closes again if something else takes the focus meanwhile."""
        palette = self.page.locator(".jp-ModalCommandPalette")

        def is_open() -> bool:
            if not palette.is_visible():
                self.page.keyboard.press("Control+Shift+C")
            return palette.locator("input:focus").count() == 1

        self.wait_for(is_open, "the palette")
        return palette

    def section(self, name: str) -> None:
        """Show a section of the panel."""
        self.root.get_by_role("tab", name=name, exact=True).click()

    def pictures(self, name: str, height: float = SHORT) -> None:
        """Keep pictures of the panel, and see that everybody can use it."""
        keep_pictures(self.page, f"sidebar-{name}", self.root, height)


class TopicTab:
    """A topic in a tab of its own."""

    def __init__(self, page: Page, topic: str) -> None:
        self.page = page
        heading = page.get_by_role("heading", name=topic, exact=True)
        self.whole = page.locator(".jp-StreamTopic-tab").filter(has=heading)
        self.root = self.whole.locator(".jp-StreamTopic")

    def choose(self, name: str) -> None:
        """Show a page of the topic."""
        self.root.get_by_role("tab", name=name, exact=True).click()

    def pictures(self, name: str, height: float = SHORT) -> None:
        """Keep pictures of the tab, and see that everybody can use it."""
        keep_pictures(self.page, f"sidebar-{name}", self.whole, height)
