"""What the page writes into notebooks is read as it was meant, by IPython and our own parsers."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from jupyter_stream.files.path_filter import PathFilter
from jupyter_stream.notebook.magic_parser import connect_parser
from jupyter_stream.notebook.watch_parser import watch_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LOADED = {"isLoaded": True, "cluster": None}
BARE = {"isLoaded": False, "cluster": None}

# What Kafka allows.
topics = st.from_regex(r"[a-zA-Z0-9._-]{1,40}", fullmatch=True)
odd = st.text(st.sampled_from("ab1 $${}'\"\\-.:%?*[]|#\t\n\u2028é") | st.characters(), max_size=12)
offsets = st.integers(0, 2**53)


class CellWriter:
    """Calls the page's functions, in Node."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("cell_writer.mjs")
        # Without one of the system, it comes with the packages for development.
        places = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])
        node = shutil.which("node", path=places)
        assert node, "Node is missing"
        self._node = subprocess.Popen(
            [node, script, ROOT / "labextension"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, call: str, *given: Any) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"call": call, "with": given}) + "\n")
        self._node.stdin.flush()
        return json.loads(self._node.stdout.readline())

    def close(self) -> None:
        self._node.communicate()


@pytest.fixture(scope="module")
def page() -> Iterator[CellWriter]:
    writer = CellWriter()
    yield writer
    writer.close()


class Notebook:
    """A shell that notes what our magics and functions are given."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self._shell = InteractiveShell(user_ns={"a": "EXPANDED", "b": 7, "js": self})
        for name in ("stream_connect", "stream_watch"):
            self._shell.register_magic_function(self._noted(name), "line", name)

    def run(self, cell: str) -> list[tuple[str, Any]]:
        """Run a cell, and return what was called."""
        self.calls.clear()
        python = cell.replace("import jupyter_stream as js\n", "")
        self._shell.run_cell(python, store_history=False).raise_error()
        return list(self.calls)

    def connect(self, target: str | None = None) -> None:
        self.calls.append(("js.connect", target))

    def watch(self, topic: str, **options: Any) -> None:
        self.calls.append(("js.watch", (topic, options)))

    def records(self, topic: str, **options: Any) -> None:
        self.calls.append(("js.records", (topic, options)))

    def receive(self, topic: str, **options: Any) -> AbstractContextManager[Notebook]:
        self.calls.append(("js.receive", (topic, options)))
        return nullcontext(self)

    def find(self, sha512: str) -> None:
        self.calls.append(("find", sha512))

    def _noted(self, name: str) -> Any:
        return lambda line: self.calls.append((name, line))


@pytest.fixture(scope="module")
def notebook() -> Notebook:
    return Notebook()


def cluster(name: str) -> dict[str, str | None]:
    return {"name": name, "bootstrap": None}


def connected_to(call: tuple[str, Any]) -> str | None:
    name, given = call
    if name == "js.connect":
        return str(given)
    assert name == "stream_connect"
    options = connect_parser().parse_line(given)
    target: str | None = options.target
    return target


@given(topic=topics, plot=st.sampled_from(["auto", "spectrum", "image", "table", "none"]))
@example(topic="-", plot="image")
@example(topic="--help", plot="auto")
@example(topic="-10m", plot="none")
@example(topic="--plot", plot="spectrum")
def test_a_magic_watches_the_topic_that_was_meant(
    page: CellWriter, notebook: Notebook, topic: str, plot: str
) -> None:
    cell = page("watchCell", cluster("local"), topic, LOADED, plot)
    connected, (magic, line) = notebook.run(cell)
    assert connected_to(connected) is None
    wanted = None if plot == "none" else plot
    if magic == "js.watch":
        # A magic would take it for an option.
        assert topic.startswith("-")
        assert line == (topic, {} if plot == "auto" else {"plot": wanted})
        return
    options = watch_parser().parse_line(line)
    assert options.topics == [topic]
    assert options.plot == wanted


@given(profile=odd.filter(lambda name: name != "local"))
@example(profile="$a {b} {{b}} $$a '{a}' ${a}")
@example(profile="'''")
@example(profile="a\nb")
@example(profile="--help")
@example(profile="ends with \\")
@example(profile="is it?")
def test_a_cell_connects_to_the_profile_that_was_meant(
    page: CellWriter, notebook: Notebook, profile: str
) -> None:
    cell = page("watchCell", cluster(profile), "topic", LOADED)
    connected, watched = notebook.run(cell)
    assert connected_to(connected) == profile
    assert watched == ("stream_watch", "topic")


@given(text=odd | st.text())
@example(text="\ud800 \U0001f600 \x85 \u2029 \x7f")
def test_a_text_of_python_is_the_text(page: CellWriter, text: str) -> None:
    written = page("pythonText", text)
    assert len(written.splitlines()) == 1
    assert ast.literal_eval(written) == text


@given(topic=topics, profile=odd)
def test_python_watches_the_topic_that_was_meant(
    page: CellWriter, notebook: Notebook, topic: str, profile: str
) -> None:
    cell = page("watchPython", cluster(profile), topic, "table")
    connected, watched = notebook.run(cell)
    assert connected == ("js.connect", None if profile == "local" else profile)
    assert watched == ("js.watch", (topic, {"plot": "table"}))


@given(
    topic=topics,
    places=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 99) | offsets), min_size=1),
)
@example(topic="t", places=[(0, 5), (0, 3), (0, 4), (1, 9)])
def test_records_are_read_from_the_places_that_were_chosen(
    page: CellWriter, notebook: Notebook, topic: str, places: list[tuple[int, int]]
) -> None:
    choice = {"topic": topic, "places": places, "from": "newest", "partition": "all"}
    [(called, (read, options))] = notebook.run(page("recordsCall", choice, 10))
    assert (called, read, set(options)) == ("js.records", topic, {"offsets"})
    found = {(part, one) for part, held in options["offsets"].items() for one in held}
    assert found == set(places)


@pytest.mark.parametrize(
    ("place", "partition", "options"),
    [
        ("newest", "all", {"newest": 50}),
        ("newest", 3, {"newest": 50, "partition": 3}),
        ("earliest", "all", {"limit": 50}),
        ("offset:1200", 0, {"start": 1200, "limit": 50, "partition": 0}),
        ("time:1700000000.25", "all", {"start": "2023-11-14T22:13:20.250Z", "limit": 50}),
    ],
)
def test_a_stretch_is_read_from_where_it_was_chosen(
    page: CellWriter,
    notebook: Notebook,
    place: str,
    partition: str | int,
    options: dict[str, Any],
) -> None:
    choice = {"topic": "t", "places": None, "from": place, "partition": partition}
    cell = page("recordsCell", "name", choice, 50, cluster("local"), LOADED)
    assert notebook.run(cell) == [("js.connect", None), ("js.records", ("t", options))]


def test_a_file_is_taken_from_where_its_chunks_begin(page: CellWriter, notebook: Notebook) -> None:
    places = [
        {"partition": 0, "first_offset": 9, "last_offset": 12},
        {"partition": 2, "first_offset": 4, "last_offset": 4},
        {"partition": 0, "first_offset": 7, "last_offset": 8},
    ]
    file = {"path": "scans/[1].dat", "places": places, "sha512": "ab" * 64}
    cell = page("fileCell", "t", file, cluster("local"), LOADED)
    connected, (called, (topic, options)), found = notebook.run(cell)
    assert connected == ("js.connect", None)
    assert (called, topic) == ("js.receive", "t")
    assert not PathFilter((options.pop("include"),), ()).reason("scans/[1].dat")
    assert options == {"start": {0: 7, 2: 4}, "until_end": True}
    assert found == ("find", "ab" * 8)


@given(parts=st.lists(st.text("ab[]*?!.\\ é", min_size=1, max_size=9), min_size=1, max_size=3))
def test_a_pattern_is_like_the_path_itself(page: CellWriter, parts: list[str]) -> None:
    path = "/".join(parts)
    assert not PathFilter((page("pathPattern", path),), ()).reason(path)


def test_a_cell_has_only_what_its_kernel_lacks(page: CellWriter) -> None:
    lab = {"name": "lab", "bootstrap": "kafka:9092"}
    full = page("watchCell", lab, "t", BARE)
    assert full == "%load_ext jupyter_stream\n%stream_connect lab\n%stream_watch t"
    for known in ({"name": "lab", "bootstrap": "x:1"}, {"name": "?", "bootstrap": "kafka:9092"}):
        facts = {"isLoaded": True, "cluster": known}
        assert page("watchCell", lab, "t", facts) == "%stream_watch t"
    other = {"isLoaded": True, "cluster": {"name": "other", "bootstrap": "x:1"}}
    assert page("watchCell", lab, "t", other) == "%stream_connect lab\n%stream_watch t"
    local = {"isLoaded": True, "cluster": {"name": "local broker", "bootstrap": "x:1"}}
    assert page("watchCell", cluster("local"), "t", local) == "%stream_watch t"


@given(name=st.text("ab_1é²ªﬁ -.ℼ", max_size=6) | st.sampled_from(["if", "None", "match", "x"]))
def test_names_are_judged_as_python_does(page: CellWriter, name: str) -> None:
    problem = page("problemOfName", name)
    try:
        compile(f"{name} = 1", "", "exec")
        is_name = name.isidentifier()
    except (SyntaxError, ValueError):
        is_name = False
    assert (problem is None) == is_name, problem
