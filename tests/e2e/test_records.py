"""Records and files of a topic, as a user looks at them in JupyterLab."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgpack
import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]
from playwright.sync_api import expect

import jupyter_stream as js
from jupyter_stream.testing.chunks import chunks_of
from tests.e2e.conftest import jupyter_folders
from tests.e2e.lab import ARTIFACTS, DEADLINE_MS, lab_server
from tests.e2e.panel import StreamPanel, write_profiles
from tests.e2e.pictures import keep_pictures
from tests.e2e.records_page import OFFSET, RecordsPage, open_files, open_topic
from tests.e2e.stage import image, packed, spectrum
from tests.files.receiving.writing import write_chunks
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.e2e.lab import LabServer, Notebook

CLUSTER = "beamline"
LARGE = 20_000_000
PAGE = 100
NOTES = "notes.txt"


class Show(Protocol):
    """Opens topics."""

    def __call__(self, topic: str, page: Page = ...) -> RecordsPage:
        """Show the records of a topic, in the test's page or in another."""


class Writer:
    """Writes records to the tests' broker."""

    def __init__(self, address: str) -> None:
        self._producer = Producer(
            {"bootstrap.servers": address, "message.max.bytes": 2 * LARGE, "linger.ms": 2}
        )

    def write(self, topic: str, *values: bytes | None, **more: Any) -> None:
        """Write values to a partition, and wait until the broker has them."""
        for value in values:
            self._producer.produce(topic, value, **{"partition": 0, **more})
            self._producer.poll(0)
        self._producer.flush()

    def count(self, topic: str, begin: int, end: int) -> None:
        """Write records that hold their numbers."""
        self.write(topic, *(b'{"number": %d}' % number for number in range(begin, end)))


@pytest.fixture
def writer(kafka_broker: RunningBroker) -> Writer:
    """Write to the tests' broker."""
    return Writer(kafka_broker.bootstrap)


@pytest.fixture
def pictured_topic(kafka_broker: RunningBroker) -> MakeTopic:
    """Make topics under names that stand in pictures: each is of one test alone."""
    admin = AdminClient({"bootstrap.servers": kafka_broker.bootstrap})

    def make(name: str, **config: str) -> str:
        admin.create_topics([NewTopic(name, 1, 1, config=config)])[name].result()
        wait_until(lambda: name in admin.list_topics().topics, "the topic")
        return name

    return make


@pytest.fixture(scope="module")
def lab_of_broker(
    tmp_path_factory: pytest.TempPathFactory, kafka_broker: RunningBroker
) -> Iterator[LabServer]:
    """Run a JupyterLab that knows the tests' broker."""
    folder = tmp_path_factory.mktemp("records")
    environment = jupyter_folders(folder)
    write_profiles(environment, **{CLUSTER: kafka_broker.bootstrap})
    work = folder / "records-work"
    work.mkdir()
    (work / NOTES).touch()
    ARTIFACTS.mkdir(exist_ok=True)
    with lab_server(work, environment) as server:
        yield server


@pytest.fixture
def show(lab_of_broker: LabServer, notebook: Notebook) -> Show:
    """Open topics of the tests' broker in JupyterLab."""

    def open_in(topic: str, page: Page = notebook.page) -> RecordsPage:
        return open_topic(page, lab_of_broker.address(NOTES), CLUSTER, topic)

    return open_in


def test_the_newest_come_first_and_older_ones_on_the_way_down(
    show: Show, kafka_topic: MakeTopic, writer: Writer
) -> None:
    topic = kafka_topic()
    writer.count(topic, 0, 350)
    records = show(topic)
    records.expect_first(349)
    expect(records.status).to_contain_text(f"{PAGE} records here")
    for count in (200, 300, 350):
        records.scroll_to_end()
        expect(records.status).to_contain_text(f"{count} records here")
    records.scroll_to_end()
    expect(records.row('{"number": 0}')).to_be_visible()
    # Only those in view are in the page.
    assert records.rows.count() < PAGE
    offsets = records.offsets()
    assert offsets == sorted(set(offsets), reverse=True)


def test_from_an_offset_a_time_and_the_earliest(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("temperatures")
    writer.write(topic, b"old", timestamp=1_600_000_000_000)
    writer.count(topic, 1, 20)
    records = show(topic)
    records.expect_first(19)
    records.choose("Show from", "earliest")
    records.expect_first(0)
    records.choose("Show from", "offset")
    field = records.root.get_by_label("Offset to show from")
    expect(records.button("Go")).to_be_disabled()
    field.fill("12")
    field.press("Enter")
    records.expect_first(12)
    field.fill("999")
    records.button("Go").click()
    expect(records.root).to_contain_text("No records from there on")
    records.pictures("none-from-there")
    records.choose("Show from", "ago:3600")
    expect(records.row('{"number": 1}')).to_be_visible()
    expect(records.row("old")).to_have_count(0)
    records.button("Show older records").click()
    expect(records.row("old")).to_be_visible()


def test_one_partition_alone(show: Show, kafka_topic: MakeTopic, writer: Writer) -> None:
    topic = kafka_topic(2)
    writer.write(topic, b"left", partition=0)
    writer.write(topic, b"right", partition=1)
    records = show(topic)
    expect(records.rows).to_have_count(2)
    records.choose("Partition", "1")
    expect(records.row("right")).to_be_visible()
    expect(records.row("left")).to_have_count(0)
    records.live()
    writer.write(topic, b"left again", partition=0)
    writer.write(topic, b"right again", partition=1)
    expect(records.row("right again")).to_be_visible()
    expect(records.row("left")).to_have_count(0)


def shows(records: RecordsPage, offsets: set[int]) -> bool:
    """Say whether there is a row for each of some offsets."""
    return offsets <= set(records.offsets())


def test_a_live_tail_waits_while_one_reads_and_loses_nothing(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("counts")
    writer.count(topic, 0, 120)
    records = show(topic)
    records.expect_first(119)
    records.live()
    writer.count(topic, 120, 150)
    records.expect_first(149)
    records.pictures("live")
    records.scroll(600)
    waiting = records.root.locator(".jp-StreamRecords-waiting")
    expect(waiting).to_contain_text("Paused")
    writer.count(topic, 150, 1150)
    expect(waiting).to_contain_text("1,000 waiting")
    records.pictures("paused")
    assert 149 not in records.offsets()[:1]
    records.button("Go on").click()
    records.expect_first(1149)
    expect(waiting).to_have_count(0)
    expect(records.status).to_contain_text("1,130 records here")
    records.scroll_to_end()
    expect(records.status).to_contain_text("1,150 records here")
    for row in range(0, 1150, 10):
        ten = set(range(1140 - row, 1150 - row))
        records.scroll_to_row(row)
        wait_until(partial(shows, records, ten), f"offsets {ten}")


def test_a_tail_goes_on_when_the_tab_is_seen_again(
    show: Show, kafka_topic: MakeTopic, writer: Writer
) -> None:
    topic = kafka_topic()
    writer.count(topic, 0, 3)
    records = show(topic)
    records.live()
    page = records.page
    page.locator(".lm-TabBar-tab").filter(has_text=re.compile("^Partitions$")).click()
    expect(records.root).to_be_hidden()
    writer.count(topic, 3, 10)
    page.locator(".lm-TabBar-tab").filter(has_text=re.compile("^Records$")).click()
    records.expect_first(9)
    expect(records.rows).to_have_count(10)


def test_a_search_tells_what_it_costs_and_marks_what_it_finds(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("scan-points")
    writer.count(topic, 0, 2000)
    writer.write(topic, b"odd one out", headers=[("run", b"needle-7")], key=b"k")
    records = show(topic)
    said = records.search('"number": 77')
    expect(said).to_contain_text("11 found in 2,001 of 2,001 records")
    expect(records.rows.first.locator("mark")).to_have_text('"number": 77')
    expect(records.rows).to_have_count(11)
    records.pictures("search")
    expect(records.search("needle-7")).to_contain_text("1 found")
    expect(records.row("odd one out")).to_be_visible()
    records.root.get_by_role("checkbox", name="Headers", exact=True).uncheck()
    records.button("Search").click()
    expect(records.root).to_contain_text("Nothing found")
    records.pictures("nothing-found")
    records.button("Show all records").click()
    records.expect_first(2000)


def test_formats_are_found_shown_and_changed(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("mixed")
    broken = b"\x93NUMPY\x01broken\xff"
    writer.write(topic, msgpack.packb({"gain": 3.5}), broken, None, b'{"number": 1}')
    records = show(topic)
    formats = records.rows.locator('[data-column="format"]')
    expect(formats).to_have_text(["json", "empty", "npy", "msgpack"])
    bad = records.rows.nth(2)
    expect(bad).to_contain_text("Not npy:")
    expect(bad).to_contain_text(broken.hex())
    expect(records.rows.nth(1)).to_contain_text("null")
    records.pictures("formats")
    records.choose("Read values as", "bytes")
    expect(formats).to_have_text(["bytes", "empty", "bytes", "bytes"])
    expect(records.rows.first).to_contain_text(b'{"number": 1}'.hex())


def test_a_record_is_seen_whole(show: Show, pictured_topic: MakeTopic, writer: Writer) -> None:
    topic = pictured_topic("scans")
    value = {"id": 12345678901234567890, "motor": {"x": 1.5, "axes": [1, 2]}}
    writer.write(topic, b"below")
    writer.write(topic, json.dumps(value).encode(), key=b"scan", headers=[("run", b"17")])
    records = show(topic)
    records.rows.first.click()
    details = records.details
    expect(details).to_contain_text("id: 12345678901234567890")
    expect(details.get_by_text("axes:")).to_be_visible()
    records.pictures("record")
    details.get_by_role("tab", name="Headers (1)").click()
    expect(details.get_by_role("row", name="run 17")).to_be_visible()
    records.pictures("headers")
    details.get_by_role("tab", name="Hex").click()
    expect(details).to_contain_text("00000000  7b 22 69 64 22 3a 20")
    with records.page.expect_download() as download:
        details.get_by_role("link", name="Download").click()
    assert json.loads(Path(download.value.path()).read_bytes()) == value
    records.pictures("hex")
    details.get_by_role("tab", name="Value").click()
    details.get_by_label("Read the value as").select_option("text")
    expect(details.get_by_role("region", name="Text")).to_contain_text('{"id": 12345678901')


def test_rows_are_reached_by_the_keyboard(
    show: Show, kafka_topic: MakeTopic, writer: Writer
) -> None:
    topic = kafka_topic()
    writer.count(topic, 0, 60)
    records = show(topic)
    records.expect_first(59)
    records.grid.focus()
    keyboard = records.page.keyboard
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(records.details).to_contain_text("Record 58 of partition 0")
    keyboard.press("ArrowDown")
    expect(records.details).to_contain_text("Record 57 of partition 0")
    keyboard.press("End")
    expect(records.details).to_contain_text("Record 0 of partition 0")
    chosen = records.grid.locator('[aria-selected="true"]')
    expect(chosen).to_be_in_viewport()
    expect(records.grid).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    keyboard.press("Escape")
    expect(records.details).to_have_count(0)
    expect(records.grid).to_be_focused()


def test_spectra_images_and_tables_have_thumbnails(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("detector")
    inked = """canvas => canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)"""
    table = [{"element": "Fe", "counts": 12}, {"element": "Cu", "counts": 9}]
    writer.write(topic, packed(spectrum(1)), packed(image(1)), packed(table), b"text")
    records = show(topic)
    for kind in ("spectrum", "image", "table"):
        picture = records.grid.get_by_role("img", name=f"Preview: {kind}")
        expect(picture).to_be_visible()
        wait_until(lambda: bool(picture.evaluate(inked)), f"the {kind} to be drawn")  # noqa: B023
    expect(records.row("text").get_by_role("img")).to_have_count(0)
    records.pictures("thumbnails")
    # The theme has changed.
    assert all(one.evaluate(inked) for one in records.grid.get_by_role("img").all())
    records.rows.last.click()
    records.details.get_by_role("tab", name="Picture").click()
    expect(records.details.get_by_text("Values from")).to_be_visible()
    records.pictures("picture")
    StreamPanel(records.page).show()
    keep_pictures(records.page, "sidebar-records")


def test_columns_are_chosen_and_kept(
    show: Show,
    lab_of_broker: LabServer,
    pictured_topic: MakeTopic,
    writer: Writer,
) -> None:
    topic = pictured_topic("runs")
    writer.write(topic, b"value", headers=[("run", b"17")])
    records = show(topic)
    head = records.grid.get_by_role("columnheader")
    expect(head.filter(has_text="Offset")).to_be_visible()
    expect(head.filter(has_text="Headers")).to_have_count(0)
    records.button("Columns").click()
    choice = records.root.get_by_role("dialog", name="Columns")
    choice.get_by_label("Headers").check()
    records.pictures("columns")
    # Such choices are kept with the workspace, which JupyterLab saves a little later.
    with records.page.expect_response(re.compile("/api/workspaces/.*")):
        choice.get_by_label("Offset").uncheck()
    records.page.keyboard.press("Escape")
    expect(choice).to_have_count(0)
    expect(records.row("run: 17")).to_be_visible()
    address = lab_of_broker.address(NOTES).replace("reset&", "")
    again = open_topic(records.page, address, CLUSTER, topic)
    expect(again.row("run: 17")).to_be_visible()
    expect(again.rows.first.locator(OFFSET)).to_have_count(0)


def test_a_large_record_holds_up_nothing(
    show: Show,
    pictured_topic: MakeTopic,
    writer: Writer,
) -> None:
    topic = pictured_topic("tomogram", **{"max.message.bytes": str(2 * LARGE)})
    writer.write(topic, json.dumps({"text": "x" * LARGE}).encode())
    records = show(topic)
    expect(records.rows.first).to_contain_text("20.0 MB")
    records.page.evaluate(
        """() => {
            window.longest = 0;
            let last = performance.now();
            const look = now => {
                window.longest = Math.max(window.longest, now - last);
                last = now;
                requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }"""
    )
    records.rows.first.click()
    expect(records.details).to_contain_text("This is the beginning of 20.0 MB")
    records.pictures("large")
    records.details.get_by_role("tab", name="Hex").click()
    expect(records.details.get_by_role("region", name="Bytes")).to_be_visible()
    assert records.page.evaluate("window.longest") < 1000


def test_records_are_exported(show: Show, kafka_topic: MakeTopic, writer: Writer) -> None:
    topic = kafka_topic()
    writer.count(topic, 0, 5)
    records = show(topic)
    records.choose("Show from", "earliest")
    for form, lines in (("csv", 6), ("jsonl", 5)):
        records.button("Export").click()
        dialog = records.root.get_by_role("dialog", name="Export")
        dialog.get_by_label("Format").select_option(form)
        with records.page.expect_download() as download:
            dialog.get_by_role("button", name="Export").click()
        assert download.value.suggested_filename == f"{topic}.{form}"
        assert Path(download.value.path()).read_bytes().count(b"\n") == lines
        expect(dialog).to_have_count(0)


def test_an_export_that_cannot_be_says_why(
    show: Show, notebook: Notebook, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("exported")
    writer.count(topic, 0, 5)
    page = notebook.page.context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    records = show(topic, page)
    missing = {"message": "Parquet needs pyarrow.", "reason": None, "remedy": "Install pyarrow."}
    page.route("**/export", lambda route: route.fulfill(status=501, json=missing))
    records.button("Export").click()
    dialog = records.root.get_by_role("dialog", name="Export")
    dialog.get_by_label("Format").select_option("parquet")
    dialog.get_by_role("button", name="Export").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Parquet needs pyarrow. Install pyarrow.")
    records.pictures("export-failed")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    page.close()


def test_an_empty_topic_says_so_and_waits(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("prepared")
    records = show(topic)
    expect(records.root).to_contain_text("No records")
    records.pictures("empty")
    records.button("Wait for new ones").click()
    expect(records.root).to_contain_text("Waiting for the first record")
    records.pictures("waiting")
    writer.write(topic, b"the first")
    expect(records.row("the first")).to_be_visible()


def test_what_cannot_be_read_says_why_and_is_tried_again(
    show: Show, notebook: Notebook, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("interrupted")
    writer.write(topic, b"there")
    # The browser itself writes errors of routes to the console, which the test's page must not.
    page = notebook.page.context.new_page()
    page.set_default_timeout(DEADLINE_MS)
    page.route_web_socket(re.compile("/tail"), lambda way: way.close(code=1011))
    records = show(topic, page)
    expect(records.row("there")).to_be_visible()
    pattern = re.compile(r"/records\?")
    page.route(
        pattern,
        lambda route: route.fulfill(
            status=503,
            json={"message": "No broker answers.", "reason": "Connection refused.", "remedy": None},
        ),
    )
    records.button("Refresh").click()
    expect(records.root).to_contain_text("The cluster does not answer")
    expect(records.root).to_contain_text("Connection refused.")
    records.pictures("unreachable")
    page.unroute(pattern)
    records.button("Try again").click()
    expect(records.row("there")).to_be_visible()
    records.button("Live").click()
    expect(records.root.get_by_role("status").first).to_contain_text("Trying to connect again")
    records.pictures("trouble")
    page.close()


def test_files_are_listed_with_what_is_missing_and_saved(
    show: Show, kafka_broker: RunningBroker, pictured_topic: MakeTopic
) -> None:
    topic = pictured_topic("files")
    cluster = js.connect(kafka_broker.bootstrap)
    content = bytes(range(256)) * 40
    chunks = chunks_of(content, "scans/run_41.dat", chunk_size=1024)
    write_chunks(cluster, topic, chunks)
    broken = chunks_of(content[::-1], "scans/run_42.dat", chunk_size=1024)
    write_chunks(cluster, topic, [one for one in broken if one.index not in {3, 4, 7}])
    records = show(topic)
    expect(records.rows.first).to_contain_text("chunk")
    files = open_files(records.page, topic)
    whole = files.get_by_role("row", name="scans/run_41.dat")
    expect(whole).to_contain_text("Complete, verified")
    part = files.get_by_role("row", name="scans/run_42.dat")
    expect(part).to_contain_text("missing: 3\N{EN DASH}4, 7")
    expect(part.get_by_role("button", name="Save")).to_be_disabled()
    expect(part.get_by_role("button", name="Save")).to_have_attribute(
        "title", "Chunks that are missing: 3\N{EN DASH}4, 7"
    )
    records.pictures("files")
    with records.page.expect_download() as download:
        whole.get_by_role("link", name="Save").click()
    saved = Path(download.value.path()).read_bytes()
    assert hashlib.sha512(saved).digest() == hashlib.sha512(content).digest()
    write_chunks(cluster, topic, [one for one in broken if one.index in {3, 4, 7}])
    files.get_by_role("button", name="Refresh").click()
    expect(part).to_contain_text("Complete, verified")


def test_a_topic_without_files_says_how_they_come(
    show: Show, pictured_topic: MakeTopic, writer: Writer
) -> None:
    topic = pictured_topic("messages")
    writer.write(topic, b"no chunk")
    records = show(topic)
    expect(records.row("no chunk")).to_be_visible()
    files = open_files(records.page, topic)
    expect(files).to_contain_text("No files here")
    expect(files).to_contain_text("%stream_upload")
    records.pictures("no-files")
    files.get_by_role("button", name="Look again").click()
    expect(files).to_contain_text("No files here")
