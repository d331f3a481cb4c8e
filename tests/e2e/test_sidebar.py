"""The panel of streams and the tabs of topics, as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, TopicPartition
from playwright.sync_api import expect

import jupyter_stream as js
from tests.e2e.conftest import is_complaint, jupyter_folders
from tests.e2e.lab import ARTIFACTS, DEADLINE_MS, NOTEBOOK_7, lab_server
from tests.e2e.panel import NOWHERE, StreamPanel, TopicTab, home, write_profiles
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from jupyter_stream.kafka.local_broker import RunningBroker
    from tests.e2e.lab import LabServer, Notebook

TOPICS = ("beam.images", "beam.spectra", "heartbeat")


class Topics:
    """Topics whose names no other test has."""

    def __init__(self, address: str) -> None:
        self.mark = uuid4().hex[:6]
        self.cluster = js.connect(address)
        for name in TOPICS:
            self.cluster.create_topic(self.named(name), 2)
        self.write(self.named("heartbeat"), 3)

    def named(self, name: str) -> str:
        """Return the name of a topic."""
        return f"t{self.mark}.{name}"

    def write(self, topic: str, count: int) -> None:
        """Write records to the first partition."""
        write_records(self.cluster, topic, [(0, b"", b"1") for _ in range(count)])


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Wait long enough for a busy machine."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def topics(kafka_broker: RunningBroker) -> Topics:
    """Make topics."""
    return Topics(kafka_broker.bootstrap)


@pytest.fixture(scope="module")
def shared_lab(
    tmp_path_factory: pytest.TempPathFactory, kafka_broker: RunningBroker
) -> Iterator[LabServer]:
    """Run JupyterLab, which knows the broker under a name, and a cluster that is not there."""
    folder = tmp_path_factory.mktemp("sidebar")
    environment = jupyter_folders(folder)
    write_profiles(environment, beamline=kafka_broker.bootstrap, gone=NOWHERE)
    (folder / "work").mkdir()
    ARTIFACTS.mkdir(exist_ok=True)
    with lab_server(folder / "work", environment) as server:
        yield server


@pytest.fixture
def panel(shared_lab: LabServer, notebook: Notebook, topics: Topics) -> StreamPanel:
    """Show the panel with the topics of the test."""
    panel = StreamPanel(notebook.page)
    panel.open(home(shared_lab))
    panel.choose("beamline")
    panel.filter.fill(topics.mark)
    expect(panel.rows()).to_have_count(len(TOPICS))
    return panel


@pytest.fixture
def bare_page(notebook: Notebook) -> Iterator[Page]:
    """Give a page in which answers of the server may be errors: the browser logs them as such."""
    page = notebook.page.context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)) if is_complaint(error) else None)
    yield page
    page.close()
    assert errors == []


def test_topics_have_figures_and_rates(panel: StreamPanel, topics: Topics) -> None:
    row = panel.row(topics.named("heartbeat"))
    expect(row).to_contain_text("3\u00a0rec")
    expect(row).to_contain_text("2 part.")
    expect(row.locator(".jp-StreamRow-rate")).to_have_text("0/s")
    topics.write(topics.named("heartbeat"), 50)
    expect(row).to_contain_text("53\u00a0rec")
    expect(row.locator(".jp-StreamRow-rate")).to_have_text(re.compile(r"^[1-9]"))
    expect(row.locator(".jp-StreamRow-spark path")).to_have_attribute("d", re.compile("^M"))
    panel.screenshot("sidebar-filtered")


def test_a_filter_finds_topics_and_is_taken_back(panel: StreamPanel, topics: Topics) -> None:
    panel.filter.fill(f"IMA {topics.mark}")
    expect(panel.row(topics.named("beam.images"))).to_be_visible()
    expect(panel.rows()).to_have_count(1)
    expect(panel.row(topics.named("beam.images")).locator("mark").first).to_have_text(topics.mark)
    panel.filter.fill(f"{topics.mark} nothing like this")
    expect(panel.root.get_by_role("heading", name="No topic matches")).to_be_visible()
    panel.screenshot("sidebar-no-match")
    panel.root.get_by_role("button", name="Clear the filter").last.click()
    expect(panel.filter).to_have_value("")
    expect(panel.filter).to_be_focused()
    expect(panel.tree).to_be_visible()


def test_the_tree_is_used_by_the_keyboard(panel: StreamPanel, topics: Topics) -> None:
    page = panel.page
    panel.filter.press("ArrowDown")
    expect(panel.row(topics.named("beam.images"))).to_be_focused()
    page.keyboard.press("End")
    expect(panel.row(topics.named("heartbeat"))).to_be_focused()
    expect(panel.tree.locator("[tabindex='0']")).to_have_count(1)
    page.keyboard.press("/")
    expect(panel.filter).to_be_focused()
    page.keyboard.press("Escape")
    group = panel.tree.locator(f'[data-key="group:t{topics.mark}."]')
    page.keyboard.press("Escape")
    expect(panel.tree.locator("[role='treeitem']:focus")).to_have_count(1)
    group.click()
    expect(group).to_be_focused()
    is_open = group.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowLeft" if is_open else "ArrowRight")
    expect(group).to_have_attribute("aria-expanded", "false" if is_open else "true")
    page.keyboard.press("ArrowRight" if is_open else "ArrowLeft")
    expect(group).to_have_attribute("aria-expanded", "true" if is_open else "false")
    expect(group).to_be_focused()


def test_favourites_are_on_top_and_are_kept(panel: StreamPanel, topics: Topics) -> None:
    name = topics.named("heartbeat")
    panel.row(name).click()
    panel.page.keyboard.press("f")
    expect(panel.row(name).get_by_role("button", name="No favourite any more")).to_be_visible()
    panel.filter.fill("")
    liked = panel.tree.locator(f'[data-key="favourite:{name}"]')
    expect(liked).to_be_visible()
    panel.wait_until_kept("jupyter-stream:favourites:beamline", name)
    panel.page.goto(panel.page.url.split("?")[0])
    panel.show()
    expect(liked).to_be_visible()
    liked.click()
    panel.page.keyboard.press("f")
    expect(liked).to_have_count(0)


def test_internal_topics_are_hidden_until_wanted(panel: StreamPanel) -> None:
    panel.filter.fill("__jupyter_stream_probe")
    panel.root.get_by_role("button", name="Show internal topics").click()
    expect(panel.row("__jupyter_stream_probe")).to_be_visible()
    panel.root.get_by_role("button", name="Hide internal ones").click()
    expect(panel.root.get_by_role("heading", name="No topic matches")).to_be_visible()


def test_a_topic_opens_in_a_tab_that_comes_back(panel: StreamPanel, topics: Topics) -> None:
    name = topics.named("heartbeat")
    panel.row(name).dblclick()
    tab = TopicTab(panel.page, name)
    tab.choose("Partitions")
    first = tab.root.get_by_role("row").nth(1)
    expect(first).to_contain_text("1 of 1")
    assert first.get_by_role("cell").all_inner_texts()[:3] == ["3", "0", "3"]
    expect(tab.root.locator("dl")).to_contain_text("the oldest expires in 6\u00a0d")
    topics.write(name, 4)
    expect(first.get_by_role("cell").nth(2)).to_have_text("7")
    panel.screenshot("sidebar-partitions")
    tab.choose("Settings")
    expect(tab.root.get_by_role("row", name=re.compile("^retention.ms"))).to_contain_text(
        "7\u00a0d"
    )
    panel.screenshot("sidebar-settings")
    panel.wait_until_kept("layout-restorer:data", name)
    panel.page.goto(panel.page.url.split("?")[0])
    expect(tab.root.get_by_role("heading", name=name)).to_be_visible()
    expect(tab.root.locator("dl")).to_contain_text("Records")


def test_a_group_is_shown_with_its_lag(
    panel: StreamPanel, topics: Topics, kafka_broker: RunningBroker
) -> None:
    name = topics.named("heartbeat")
    panel.row(name).dblclick()
    tab = TopicTab(panel.page, name)
    tab.choose("Groups")
    expect(tab.root.get_by_role("heading", name="No consumer group")).to_be_visible()
    panel.screenshot("sidebar-no-groups")
    group = f"readers-{topics.mark}"
    consumer = Consumer({"bootstrap.servers": kafka_broker.bootstrap, "group.id": group})
    consumer.commit(offsets=[TopicPartition(name, 0, 1)], asynchronous=False)
    consumer.close()
    tab.root.get_by_role("button", name="Look again").click()
    row = tab.root.get_by_role("row", name=re.compile(group))
    expect(row.get_by_role("cell").nth(2)).to_have_text("2")
    row.get_by_role("button", name=group).click()
    expect(tab.root.get_by_role("row", name=re.compile("^Partition 0"))).to_contain_text("2")
    panel.screenshot("sidebar-groups")


def test_figures_are_asked_for_only_while_they_are_seen(panel: StreamPanel, topics: Topics) -> None:
    asked: list[dict[str, list[str]]] = []
    details: list[str] = []

    def listen(url: str, body: str | None) -> None:
        if url.endswith("/figures"):
            asked.append(json.loads(body or "{}"))
        elif "/topics/" in url:
            details.append(url)

    panel.page.on("request", lambda request: listen(request.url, request.post_data))
    panel.wait_for(lambda: len(asked) > 1, "requests")
    assert set(asked[-1]["topics"]) == {topics.named(name) for name in TOPICS}
    panel.row(topics.named("heartbeat")).dblclick()
    panel.wait_for(lambda: len(details) > 0, "requests")
    panel.run("filebrowser:activate")
    expect(panel.root).not_to_be_visible()
    asked.clear()
    before = len(details)
    panel.wait_for(lambda: len(details) > before + 2, "requests")
    assert asked == []
    panel.show()
    panel.wait_for(lambda: len(asked) > 0, "requests")


def test_a_cluster_that_is_gone_is_told_with_its_cause(
    shared_lab: LabServer,
    bare_page: Page,
) -> None:
    panel = StreamPanel(bare_page)
    panel.open(home(shared_lab))
    panel.choose("gone")
    expect(panel.root.get_by_role("heading", name="gone cannot be reached")).to_be_visible()
    expect(panel.root.get_by_role("alert")).to_contain_text("nothing listens at this address")
    panel.screenshot("sidebar-unreachable")
    panel.root.get_by_role("button", name="Try again").click()
    panel.choose("beamline")
    expect(panel.tree).to_be_visible()


def test_the_local_broker_is_started_and_stopped_from_the_panel(
    lab: LabServer, bare_page: Page
) -> None:
    panel = StreamPanel(bare_page)
    panel.open(home(lab))
    expect(panel.root.get_by_role("heading", name="The local broker is stopped")).to_be_visible()
    panel.screenshot("sidebar-stopped")
    panel.root.get_by_role("button", name="Start the local broker").last.click()
    expect(panel.root.locator(".jp-StreamBusy")).to_be_visible()
    panel.screenshot("sidebar-starting")
    expect(panel.root.get_by_role("heading", name="No topics yet")).to_be_visible()
    expect(panel.root.locator(".jp-StreamCluster-state")).to_contain_text("Running")
    panel.screenshot("sidebar-no-topics")
    panel.root.get_by_role("button", name="Show internal topics").click()
    expect(panel.row("__jupyter_stream_probe")).to_be_visible()
    panel.root.get_by_role("button", name=re.compile("Stop the local broker")).click()
    expect(panel.root.get_by_role("heading", name="The local broker is stopped")).to_be_visible()


def test_a_missing_server_extension_is_told(
    folder: Path, environment: dict[str, str], bare_page: Page
) -> None:
    config = {"ServerApp": {"jpserver_extensions": {"jupyter_stream.server": False}}}
    file = Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    file.write_text(json.dumps(config))
    ARTIFACTS.mkdir(exist_ok=True)
    panel = StreamPanel(bare_page)
    with lab_server(folder, environment) as server:
        panel.open(home(server))
        expect(panel.root.get_by_role("alert")).to_contain_text("jupyter server extension enable")
        panel.screenshot("sidebar-no-extension")
        bare_page.close()  # without its server the page would complain


def test_everything_in_the_panel_has_a_name(panel: StreamPanel, topics: Topics) -> None:
    panel.row(topics.named("heartbeat")).dblclick()
    expect(TopicTab(panel.page, topics.named("heartbeat")).root.locator("dl")).to_be_visible()
    nameless = panel.page.evaluate(
        """() => [...document.querySelectorAll(
            '#jupyter-stream-sidebar :is(button, input, select, [role=treeitem], [role=tab]),' +
            '.jp-StreamTopic :is(button, input, select, [role=tab])')]
            .filter(node => !(node.getAttribute('aria-label') || node.textContent.trim()
                || node.labels?.[0]?.textContent.trim()))
            .map(node => node.outerHTML)"""
    )
    assert nameless == []
    named = panel.tree.get_by_role("treeitem", name=re.compile("heartbeat.*3 records"))
    expect(named).to_have_count(1)


def test_notebook_7_has_the_same_panel(
    folder: Path,
    environment: dict[str, str],
    bare_page: Page,
    topics: Topics,
    kafka_broker: RunningBroker,
) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    write_profiles(environment, beamline=kafka_broker.bootstrap)
    panel = StreamPanel(bare_page)
    with lab_server(folder, environment, NOTEBOOK_7) as server:
        panel.open(server.address("quickstart.ipynb"))
        panel.filter.fill(topics.mark)
        name = topics.named("heartbeat")
        expect(panel.row(name)).to_contain_text("3\u00a0rec")
        panel.row(name).dblclick()
        expect(TopicTab(bare_page, name).root.locator("dl")).to_contain_text("Records")
        panel.screenshot("sidebar-notebook-7")
        bare_page.close()
