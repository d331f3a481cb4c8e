"""The panel of streams and the tabs of topics, as a user meets them."""

from __future__ import annotations

import json
import re
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from confluent_kafka import Consumer, TopicPartition
from playwright.sync_api import expect

import jupyter_stream as js
from jupyter_stream.kafka.local_broker import LocalBroker
from tests.e2e.accessibility import complaints
from tests.e2e.conftest import is_complaint, jupyter_folders
from tests.e2e.lab import ARTIFACTS, DEADLINE_MS, NOTEBOOK_7, lab_server
from tests.e2e.panel import (
    NOWHERE,
    StreamPanel,
    TopicTab,
    configure,
    profile_file,
    write_profiles,
)
from tests.e2e.pictures import keep_pictures
from tests.e2e.records_page import RecordsPage
from tests.files.receiving.writing import write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from jupyter_stream.kafka.local_broker import RunningBroker
    from tests.e2e.lab import LabServer, Notebook

TOPICS = ("beam.images", "beam.spectra", "heartbeat")
RUNS = count(401)
DENIED = "*.secret"


class Topics:
    """Topics whose names no other test has."""

    def __init__(self, address: str) -> None:
        self.mark = f"run{next(RUNS)}"
        self.cluster = js.connect(address)
        for name in TOPICS:
            self.cluster.create_topic(self.named(name), 2)
        self.write(self.named("heartbeat"), 3)

    def named(self, name: str) -> str:
        """Return the name of a topic."""
        return f"{self.mark}.{name}"

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
def shared_environment(kafka_broker: RunningBroker) -> Iterator[dict[str, str]]:
    """Name the broker, and a cluster that is not there; allow neither all topics nor a broker."""
    # The path stands in a picture.
    with TemporaryDirectory(prefix="lab-") as folder:
        environment = jupyter_folders(Path(folder))
        write_profiles(environment, beamline=kafka_broker.bootstrap, gone=NOWHERE)
        configure(environment, deny_topics=[DENIED], allow_local_broker=False)
        yield environment


@pytest.fixture(scope="module")
def shared_lab(
    tmp_path_factory: pytest.TempPathFactory, shared_environment: dict[str, str]
) -> Iterator[LabServer]:
    """Run JupyterLab for most tests."""
    ARTIFACTS.mkdir(exist_ok=True)
    with lab_server(tmp_path_factory.mktemp("work"), shared_environment) as server:
        yield server


@pytest.fixture
def panel(shared_lab: LabServer, notebook: Notebook, topics: Topics) -> StreamPanel:
    """Show the panel with the topics of the test."""
    panel = StreamPanel(notebook.page)
    panel.open(shared_lab)
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
    panel.pictures("filtered")
    panel.filter.fill("")
    panel.pictures("topics")


def test_a_filter_finds_topics_and_is_taken_back(panel: StreamPanel, topics: Topics) -> None:
    panel.filter.fill(f"IMA {topics.mark}")
    expect(panel.row(topics.named("beam.images"))).to_be_visible()
    expect(panel.rows()).to_have_count(1)
    expect(panel.row(topics.named("beam.images")).locator("mark").first).to_have_text(topics.mark)
    panel.filter.fill(f"{topics.mark} nothing like this")
    expect(panel.root.get_by_role("heading", name="No topic matches")).to_be_visible()
    panel.pictures("no-match")
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
    group = panel.tree.locator(f'[data-key="group:{topics.mark}."]')
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
    tab.pictures("partitions")
    tab.choose("Settings")
    expect(tab.root.get_by_role("row", name=re.compile("^retention.ms"))).to_contain_text(
        "7\u00a0d"
    )
    tab.pictures("settings")
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
    tab.pictures("no-groups")
    group = f"readers-{topics.mark}"
    consumer = Consumer({"bootstrap.servers": kafka_broker.bootstrap, "group.id": group})
    consumer.commit(offsets=[TopicPartition(name, 0, 1)], asynchronous=False)
    consumer.close()
    tab.root.get_by_role("button", name="Look again").click()
    row = tab.root.get_by_role("row", name=re.compile(group))
    expect(row.get_by_role("cell").nth(2)).to_have_text("2")
    row.get_by_role("button", name=group).click()
    expect(tab.root.get_by_role("row", name=re.compile("^Partition 0"))).to_contain_text("2")
    tab.pictures("groups")


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
    shared_lab: LabServer, shared_environment: dict[str, str], bare_page: Page
) -> None:
    panel = StreamPanel(bare_page)
    bare_page.route(re.compile("/api/clusters$"), lambda route: route.abort())
    panel.open(shared_lab)
    expect(panel.root.get_by_role("heading", name="does not answer")).to_be_visible()
    panel.pictures("offline")
    bare_page.unroute_all()
    panel.root.get_by_role("button", name="Try again").click()
    panel.choose("gone")
    expect(panel.root.get_by_role("heading", name="gone cannot be reached")).to_be_visible()
    expect(panel.root.get_by_role("alert")).to_contain_text("No Kafka broker answers at")
    panel.pictures("unreachable")
    panel.root.get_by_role("button", name="Try again").click()
    panel.choose("beamline")
    expect(panel.tree).to_be_visible()
    profiles = profile_file(shared_environment)
    good = profiles.read_text()
    profiles.write_text("[profiles")
    notice = panel.root.get_by_role("alert").filter(has_text="Not all clusters are listed")
    expect(notice).to_contain_text("jupyter_stream.toml")
    panel.pictures("broken-profiles")
    profiles.write_text(good)
    notice.get_by_role("button", name="Try again").click()
    expect(notice).to_have_count(0)


def test_what_is_not_allowed_says_why(shared_lab: LabServer, bare_page: Page) -> None:
    panel = StreamPanel(bare_page)
    panel.open(shared_lab)
    panel.choose("local")
    expect(panel.root.get_by_role("heading", name="The local broker is stopped")).to_be_visible()
    expect(panel.root.get_by_role("status").last).to_contain_text("jupyter stream broker start")
    start = panel.root.get_by_role("button", name="Start the local broker")
    expect(start).to_be_disabled()
    expect(start).to_have_attribute("title", re.compile("does not allow"))
    panel.run("jupyter-stream:start-broker")
    expect(panel.root.get_by_role("alert")).to_contain_text(
        "The local broker cannot be started or stopped from here. This Jupyter server does not"
    )
    panel.pictures("broker-not-allowed")
    secret = DENIED.replace("*", "run400")
    panel.run("jupyter-stream:open-topic", cluster="beamline", topic=secret)
    tab = TopicTab(bare_page, secret)
    for page in ("Records", "Files", "Groups", "Partitions"):
        tab.choose(page)
        expect(tab.root.get_by_role("heading", name="Not allowed")).to_be_visible()
        told = tab.root.get_by_role("alert").filter(visible=True)
        expect(told).to_contain_text("may not be seen from here. This Jupyter server does not")
        expect(told).to_contain_text("Ask who runs the Jupyter server")
        expect(told.get_by_role("button", name=re.compile("again"))).to_be_visible()
    tab.pictures("topic-not-allowed")
    panel.run("jupyter-stream:open-topic", cluster="beamline", topic="no.such.topic")
    tab = TopicTab(bare_page, "no.such.topic")
    tab.choose("Partitions")
    expect(tab.root.get_by_role("heading", name="Not there")).to_be_visible()
    tab.pictures("no-such-topic")


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Make a folder whose path can stand in a picture."""
    with TemporaryDirectory(prefix="kafka-") as folder:
        yield Path(folder)


def test_the_local_broker_is_started_and_stopped_from_the_panel(
    folder: Path, short_folder: Path, environment: dict[str, str], bare_page: Page
) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    broker = short_folder / "broker"
    # A folder stands where a file has to be.
    (broker / "lock").mkdir(parents=True)
    configure(environment, local_broker_directory=str(broker))
    panel = StreamPanel(bare_page)
    start = panel.root.get_by_role("button", name="Start the local broker").last
    with lab_server(folder, environment) as server:
        panel.open(server)
        stopped = panel.root.get_by_role("heading", name="The local broker is stopped")
        expect(stopped).to_be_visible()
        panel.pictures("stopped")
        start.click()
        expect(panel.root.get_by_role("alert")).to_contain_text("cannot use its folder")
        panel.pictures("start-failed", 520)
        (broker / "lock").rmdir()
        start.click()
        busy = panel.root.locator(".jp-StreamBusy")
        expect(busy).to_contain_text("Starting")
        expect(busy).to_have_css("opacity", "1")
        panel.pictures("starting")
        expect(panel.root.get_by_role("heading", name="No topics yet")).to_be_visible()
        state = panel.root.locator(".jp-StreamCluster-state")
        expect(state).to_contain_text("Running")
        panel.pictures("no-topics")
        panel.root.get_by_role("button", name="Show internal topics").click()
        expect(panel.row("__jupyter_stream_probe")).to_be_visible()
        see_it_go(panel, environment, LocalBroker(broker))
        panel.choose("local")
        expect(stopped).to_be_visible()
        bare_page.close()  # without its server the page would complain


def see_it_go(panel: StreamPanel, environment: dict[str, str], broker: LocalBroker) -> None:
    """Stop a broker while its topics are shown: they stay, and it is told how old they are."""
    running = broker.status()
    assert running
    write_profiles(environment, beamline=running.bootstrap)
    cluster = panel.root.get_by_role("combobox", name="Cluster")
    expect(cluster.get_by_role("option", name="beamline")).to_have_count(1)
    panel.choose("beamline")
    expect(panel.row("__jupyter_stream_probe")).to_be_visible()
    broker.stop()
    stale = panel.root.get_by_role("alert").filter(has_text="Not up to date")
    expect(stale).to_contain_text("No Kafka broker answers")
    expect(stale.get_by_role("button", name="Try again")).to_be_visible()
    expect(panel.row("__jupyter_stream_probe")).to_be_visible()
    panel.pictures("stale")


def test_a_missing_server_extension_is_told(
    folder: Path, environment: dict[str, str], bare_page: Page
) -> None:
    config = {"ServerApp": {"jpserver_extensions": {"jupyter_stream.server": False}}}
    file = Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    file.write_text(json.dumps(config))
    ARTIFACTS.mkdir(exist_ok=True)
    panel = StreamPanel(bare_page)
    with lab_server(folder, environment) as server:
        panel.open(server)
        expect(panel.root.get_by_role("alert")).to_contain_text("jupyter server extension enable")
        panel.pictures("no-extension", 520)
        bare_page.close()  # without its server the page would complain


def test_everything_is_done_by_the_keyboard(
    shared_lab: LabServer, notebook: Notebook, topics: Topics
) -> None:
    page = notebook.page
    panel = StreamPanel(page)
    panel.open_page(shared_lab)
    press = page.keyboard.press
    panel.command("Show Streams")
    expect(panel.tree).to_be_visible()
    press("/")
    expect(panel.filter).to_be_focused()
    page.keyboard.type(topics.mark)
    expect(panel.rows()).to_have_count(len(TOPICS))
    press("ArrowDown")
    press("ArrowDown")
    expect(panel.row(topics.named("beam.spectra"))).to_be_focused()
    press("ArrowDown")
    press("Enter")
    tab = TopicTab(page, topics.named("heartbeat"))
    records = RecordsPage(page, topics.named("heartbeat"))
    expect(tab.root.get_by_role("tab", name="Records")).to_be_focused()
    press("ArrowRight")
    press("Enter")
    expect(tab.root.get_by_role("row", name=re.compile("1 of 1")).first).to_be_visible()
    press("ArrowLeft")
    press("Enter")
    expect(records.rows).to_have_count(3)
    press("ArrowDown")
    expect(records.grid).to_be_focused()
    press("ArrowDown")
    press("ArrowDown")
    press("Enter")
    expect(records.details).to_contain_text("Record 1 of partition 0")
    press("Tab")
    expect(records.details.get_by_role("button", name="Record above")).to_be_focused()
    press("Enter")
    expect(records.details).to_contain_text("Record 2 of partition 0")
    press("Escape")
    expect(records.details).to_have_count(0)
    expect(records.grid).to_be_focused()
    press("Alt+w")
    expect(tab.root).to_have_count(0)
    press("Control+b")
    expect(panel.root).to_be_hidden()


COMMANDS = {
    "Show Streams",
    "Show Jobs",
    "Filter Topics",
    "Refresh Topics",
    "Go to the Next Topic",
    "Go to the Previous Topic",
    "Group Topics by Prefix",
    "Show Internal Topics",
    "Open Topic",
    "Favourite Topic",
    "Copy Name of Topic",
    "Watch in Active Notebook",
    "Watch in Active Notebook as …",
    "Load Streams in Active Notebook",
    "Copy as Magic",
    "Copy as Python",
    "Start the Local Broker",
    "Stop the Local Broker",
}


def test_the_palette_has_all_commands(panel: StreamPanel, topics: Topics) -> None:
    page = panel.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    palette = panel.open_palette()
    page.keyboard.type("streams")
    labels = palette.locator(".lm-CommandPalette-itemLabel")
    expect(labels.filter(has_text="Show Streams")).to_be_visible()
    assert set(labels.all_inner_texts()) >= COMMANDS
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Launcher")).to_be_focused()
    panel.command("Filter Topics")
    expect(panel.filter).to_be_focused()
    name = topics.named("beam.spectra")
    panel.command("Go to the Next Topic")
    expect(panel.row(name)).to_be_focused()
    panel.command("Favourite Topic")
    expect(panel.row(name).get_by_role("button", name="No favourite any more")).to_be_visible()
    panel.command("Go to the Previous Topic")
    expect(panel.row(topics.named("beam.images"))).to_be_focused()
    panel.command("Copy Name of Topic")
    assert page.evaluate("() => navigator.clipboard.readText()") == topics.named("beam.images")
    panel.command("Open Topic")
    tab = TopicTab(page, topics.named("beam.images"))
    expect(tab.root.get_by_role("tab", name="Records")).to_be_focused()
    panel.filter.fill("")
    groups = panel.tree.locator("[data-key^='group:']")
    expect(groups.first).to_be_visible()
    panel.command("Group Topics by Prefix")
    expect(groups).to_have_count(0)
    panel.command("Group Topics by Prefix")
    panel.filter.fill("__jupyter")
    panel.command("Show Internal Topics")
    expect(panel.row("__jupyter_stream_probe")).to_be_visible()
    panel.command("Show Internal Topics")
    expect(panel.row("__jupyter_stream_probe")).to_have_count(0)
    with page.expect_request(re.compile("/topics.*fresh=1")):
        panel.command("Refresh Topics")
    panel.command("Show Jobs")
    expect(panel.root.get_by_role("heading", name="No notebook runs")).to_be_visible()
    panel.pictures("no-notebook")


def test_an_element_without_a_name_is_complained_about(panel: StreamPanel) -> None:
    named = panel.tree.get_by_role("treeitem", name=re.compile("heartbeat.*3 records"))
    expect(named).to_have_count(1)
    assert complaints(panel.page) == []
    panel.root.get_by_role("combobox", name="Cluster").evaluate(
        "node => { node.removeAttribute('aria-label'); node.removeAttribute('title'); }"
    )
    [complaint] = complaints(panel.page)
    assert complaint.startswith("select-name: ")


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
        bare_page.goto(server.address("quickstart.ipynb"))
        panel.show()
        panel.filter.fill(topics.mark)
        name = topics.named("heartbeat")
        expect(panel.row(name)).to_contain_text("3\u00a0rec")
        panel.row(name).dblclick()
        expect(TopicTab(bare_page, name).root.locator("dl")).to_contain_text("Records")
        keep_pictures(bare_page, "sidebar-notebook-7")
        bare_page.close()
