"""JupyterLab in a browser, and when it shows what."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.live.browser import Browser, browser
from tests.benchmarks.live.cdp import PageError
from tests.e2e.conftest import jupyter_folders
from tests.e2e.lab import ARTIFACTS, lab_server
from tests.e2e.panel import home, write_profiles
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    import jupyter_stream as js
    from tests.e2e.lab import LabServer

PROBE = Path(__file__).with_name("probe.js").read_text()
# While it is loaded, a picture covers JupyterLab and takes the clicks. Then the launcher takes the
# focus, which opens late where nothing else is open.
READY = """() => document.querySelector('#jupyterlab-splash') === null
    && document.querySelector('.jp-Launcher')?.contains(document.activeElement)"""
RESTORED = "() => window.jupyterapp.restored.then(() => true)"
MIDDLE = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
LOAD_SECONDS = 120.0


class Frames(NamedTuple):
    """The frames that the page painted for a while.

    Attributes
    ----------
    painted
        How many.
    seconds
        In what time.
    longest
        The seconds between one and the next, at most.
    gaps
        How many showed less than they should.
    """

    painted: int
    seconds: float
    longest: float
    gaps: int


class Page:
    """JupyterLab in a page, driven as a user does it.

    Parameters
    ----------
    browser
        Shows the page.
    server
        The Jupyter server.
    """

    def __init__(self, browser: Browser, server: LabServer) -> None:
        self.browser = browser
        self.server = server
        self.evaluate = browser.evaluate
        self._at_load = ""

    def load(self, expected: Mapping[str, str], *, reset: bool) -> None:
        """Load JupyterLab.

        Parameters
        ----------
        expected
            By a name, what the page will show, as a JavaScript function that tells it.
        reset
            Whether nothing is open that was open before.
        """
        calls = "".join(f"sidebarProbe.expect('{name}', {it});" for name, it in expected.items())
        if self._at_load:
            self.browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=self._at_load)
        told = self.browser.call(
            "Page.addScriptToEvaluateOnNewDocument", source=f"({PROBE})();{calls}"
        )
        self._at_load = told["identifier"]
        address = home(self.server)
        self.browser.call("Page.navigate", url=address if reset else address.replace("reset&", ""))
        wait_until(lambda: self._holds(RESTORED), "JupyterLab", LOAD_SECONDS)
        wait_until(lambda: self._holds(READY), "JupyterLab, restored", LOAD_SECONDS)

    def until(self, act: Callable[[], None], shown: str) -> float:
        """Do something, and return the seconds from the key or the click until something is shown.

        Parameters
        ----------
        act
            Does it.
        shown
            A JavaScript function that tells whether it is shown; it is not yet.
        """
        self.expect("it", shown)
        act()
        return self.shown("it") - float(self.evaluate("() => sidebarProbe.touched")) / 1000

    def expect(self, name: str, shown: str) -> None:
        """Look from now on whether something is shown that is not shown yet."""
        self.evaluate(f"name => sidebarProbe.expect(name, {shown})", name)

    def shown(self, name: str) -> float:
        """Wait until it is shown, and return when that was, in seconds since the page was begun."""
        return float(self.evaluate("name => sidebarProbe.shown(name)", name)) / 1000

    def click(self, selector: str) -> None:
        """Click on something."""
        x, y = self.evaluate(MIDDLE, selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.browser.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    def press(self, key: str) -> None:
        """Press a key: a letter, a digit, or Backspace."""
        named: dict[str, Any] = {"key": key, "text": key}
        if key == "Backspace":
            named = {"key": key, "code": key, "windowsVirtualKeyCode": 8}
        self.browser.call("Input.dispatchKeyEvent", type="keyDown", **named)
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", **named | {"text": ""})

    def scroll(self, selector: str, pixels: int, speed: int) -> None:
        """Turn the wheel over something.

        Parameters
        ----------
        selector
            What the pointer is over.
        pixels
            How far.
        speed
            Pixels a second.
        """
        x, y = self.evaluate(MIDDLE, selector)
        self.browser.call(
            "Input.synthesizeScrollGesture",
            x=x,
            y=y,
            yDistance=-pixels,
            speed=speed,
            preventFling=True,
            gestureSourceType="mouse",
        )

    def frames_during(self, act: Callable[[], object], has_gap: str = "() => false") -> Frames:
        """Do something, and return the frames that were painted meanwhile.

        Parameters
        ----------
        act
            Does it.
        has_gap
            A JavaScript function that tells whether the page shows less than it should.
        """
        self.evaluate(f"() => sidebarProbe.countFrames({has_gap})")
        act()
        return Frames(**self.evaluate("() => sidebarProbe.takeFrames()"))

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.evaluate(condition))
        except PageError:
            return False


@contextmanager
def lab_page(cluster: js.Cluster, folder: Path) -> Iterator[Page]:
    """Run JupyterLab and a browser.

    Parameters
    ----------
    cluster
        What JupyterLab knows as "lab".
    folder
        For the server's files.
    """
    ARTIFACTS.mkdir(exist_ok=True)
    folder.mkdir()
    environment = jupyter_folders(folder)
    write_profiles(environment, lab=cluster.bootstrap)
    with lab_server(folder, environment) as server, browser() as page:
        yield Page(page, server)
