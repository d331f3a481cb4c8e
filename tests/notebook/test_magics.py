"""The magics in a real kernel, on a real broker."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import psutil
import pytest

import jupyter_stream as js
from tests.spectra import upload_spectra, write_spectra

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import NotebookKernel

WIDGET = "application/vnd.jupyter.widget-view+json"
MAGICS = ["connect", "upload", "download", "watch", "jobs", "stop"]


@pytest.fixture
def spectra_topic(kafka_broker: RunningBroker, kafka_topic: MakeTopic, tmp_path: Path) -> str:
    """A topic with three spectra."""
    topic = kafka_topic(2)
    upload_spectra(js.connect(kafka_broker.bootstrap), topic, tmp_path / "spectra", 3)
    return topic


@pytest.mark.parametrize("name", MAGICS)
def test_every_magic_has_help_and_an_equal_call(kernel: NotebookKernel, name: str) -> None:
    run = kernel.run(f"%stream_{name} --help")
    assert run.status == "ok"
    assert f"usage: %stream_{name}" in run.text
    assert "Equal call: " in run.text.replace("\n", " ")


def test_connecting_says_where(kernel: NotebookKernel, kafka_broker: RunningBroker) -> None:
    run = kernel.run(f"%stream_connect {kafka_broker.bootstrap}")
    assert f"Connected to {kafka_broker.bootstrap}" in run.text


def test_a_watch_is_shown_and_gets_its_name(kernel: NotebookKernel, spectra_topic: str) -> None:
    run = kernel.run(f"%stream_watch {spectra_topic} --plot spectrum --to w")
    assert run.status == "ok", run.text
    assert WIDGET in run.display[-1]
    run = kernel.run("print(w.wait_for_files(3, 20), w.latest, len(w.files), w.stats.files)")
    assert run.text.startswith("True <Spectrum ")
    assert run.text.rstrip().endswith("3 3")


def test_apply_calls_the_function_of_the_notebook(
    kernel: NotebookKernel, spectra_topic: str
) -> None:
    kernel.run("def size(file):\n    return file.size")
    kernel.run(f"%stream_watch {spectra_topic} --apply size --to w")
    run = kernel.run("print(w.wait_for_files(3, 20), w.latest)")
    assert run.text.split() == ["True", "2176"]


def test_a_watch_may_start_some_time_ago(kernel: NotebookKernel, spectra_topic: str) -> None:
    kernel.run(f"%stream_watch {spectra_topic} --from -10m --to w")
    assert kernel.run("print(w.wait_for_files(3, 20))").text.strip() == "True"


def test_running_the_cell_again_replaces_the_watch(
    kernel: NotebookKernel, spectra_topic: str
) -> None:
    kernel.run(f"%stream_watch {spectra_topic} --to first", cell="cell-1")
    kernel.run(f"%stream_watch {spectra_topic} --to other", cell="cell-2")
    kernel.run(f"%stream_watch {spectra_topic} --to second", cell="cell-1")
    run = kernel.run(
        "import threading\n"
        "print(first.state, other.state, second.state,"
        " any(first.id in t.name for t in threading.enumerate()),"
        " any(second.id in t.name for t in threading.enumerate()))"
    )
    assert run.text.split() == ["finished", "running", "running", "False", "True"]


def test_upload_returns_when_all_is_stored(
    kernel: NotebookKernel, tmp_path: Path, kafka_broker: RunningBroker
) -> None:
    write_spectra(tmp_path / "with space", 4)
    run = kernel.run(f'%stream_upload "{tmp_path}/with space" made-by-magic --to u')
    assert run.status == "ok", run.text
    assert kernel.run("print(u.state, u.stats.files)").text.split() == ["finished", "4"]
    assert "made-by-magic" in js.connect(kafka_broker.bootstrap).topics()


def test_a_watched_directory_is_uploaded_until_it_is_stopped(
    kernel: NotebookKernel, tmp_path: Path
) -> None:
    write_spectra(tmp_path, 1)
    kernel.run(f"%stream_upload {tmp_path} watched-directory --watch --settle 0 --to u")
    kernel.run("%stream_watch watched-directory --to w")
    assert kernel.run("print(w.wait_for_files(1, 20))").text.strip() == "True"
    write_spectra(tmp_path, 2, first=1)
    assert kernel.run("print(w.wait_for_files(3, 20), u.state)").text.split() == ["True", "running"]
    run = kernel.run("%stream_stop --all")
    assert run.status == "ok"
    assert kernel.run("print(u.state, w.state)").text.split() == ["finished", "finished"]


def test_jobs_are_listed(kernel: NotebookKernel, spectra_topic: str) -> None:
    assert kernel.run("%stream_jobs").display[-1]["text/plain"] == "No jobs."
    kernel.run(f"%stream_watch {spectra_topic} --no-plot")
    table = kernel.run("%stream_jobs").display[-1]
    assert f"watch {spectra_topic}" in table["text/plain"]
    assert "<td>running</td>" in table["text/html"]


def test_stop_leaves_a_picture_of_the_plot(kernel: NotebookKernel, spectra_topic: str) -> None:
    kernel.run(f"%stream_watch {spectra_topic} --plot spectrum --to w")
    kernel.run("w.wait_for_files(3, 20)")
    run = kernel.run(f"%stream_stop {spectra_topic}")
    pictures = [data["image/png"] for data in run.display if "image/png" in data]
    assert len(pictures) == 1
    assert b64decode(pictures[0]).startswith(b"\x89PNG")
    assert all(WIDGET not in data for data in run.display), "a saved widget would be an error"


def test_stop_without_a_name_wants_one_if_several_run(
    kernel: NotebookKernel, spectra_topic: str
) -> None:
    for name in ("first", "second"):
        kernel.run(f"%stream_watch {spectra_topic} --to {name}")
    run = kernel.run("%stream_stop")
    assert run.status == "error"
    assert "several jobs run" in run.text
    assert kernel.run("%stream_stop nothing").text.count("no running job is called nothing") == 1
    kernel.run("%stream_stop first")
    assert kernel.run("print(first.state, second.state)").text.split() == ["finished", "running"]
    kernel.run("%stream_stop")
    assert kernel.run("print(second.state)").text.strip() == "finished"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("%stream_watch no-such-topic", "there is no topic 'no-such-topic'"),
        ("%stream_watch t --plot pie", "invalid choice: 'pie'"),
        ("%stream_watch t --from tomorrow", "'tomorrow' is no place to start at"),
        ("%stream_watch t --apply nothing", "no function 'nothing'"),
        ("%stream_watch", "required: TOPIC"),
        ("%stream_watch 'half", "No closing quotation"),
        ("%stream_watch t --to 3x", "no name that Python allows"),
        ("%stream_watch t --to for", "no name that Python allows"),
        ("%stream_watch t --apply np.log", "--apply takes a plain name"),
        ("%stream_upload . t --poll", "--poll goes with --watch"),
        ("%stream_upload . t --chunk-size none", "'none' is no whole number"),
        ("%stream_download no-such-topic DIR", "there is no topic 'no-such-topic'"),
        ("%stream_download t out --from yesterday", "'yesterday' is no place to start at"),
        ("%stream_download t", "required: DIR"),
        ("%stream_upload /no/such/place t", "no file or directory /no/such/place"),
        ("%stream_connect localhost:1", "nothing listens at this address"),
        ("%stream_connect nonsense", "neither an address"),
    ],
)
def test_a_mistake_gets_a_plain_answer(
    kernel: NotebookKernel, tmp_path: Path, line: str, text: str
) -> None:
    run = kernel.run(line.replace("DIR", str(tmp_path)))
    assert run.status == "error"
    assert text in run.text
    assert "Traceback" not in run.text
    assert "/jupyter_stream/" not in run.text


def test_tab_completes(kernel: NotebookKernel, spectra_topic: str) -> None:
    kernel.run("def my_analysis(file):\n    return 1")
    assert kernel.complete("%stream_watch topic --pl") == ["--plot"]
    flags = {"--apply", "--from", "--help", "--last", "--max-rate", "--no-plot", "--plot"}
    assert set(kernel.complete("%stream_watch topic --")) == flags | {"--to", "--wait"}
    assert {"spectrum", "auto"} <= set(kernel.complete("%stream_watch topic --plot "))
    assert spectra_topic in kernel.complete("%stream_watch --last 3 topic ")
    assert {"earliest", "latest", "-1h"} <= set(kernel.complete("%stream_watch topic --from "))
    assert kernel.complete("%stream_watch topic --from ear") == ["earliest"]
    assert kernel.complete("%stream_watch topic --apply ") == ["my_analysis"]
    assert spectra_topic in kernel.complete("%stream_watch test-")
    assert spectra_topic in kernel.complete("%stream_download test-")
    assert spectra_topic in kernel.complete("%stream_upload --watch --settle 2 data test-")
    assert kernel.complete("%stream_download topic dir --un") == ["--unfinished", "--until-end"]
    assert "-10m" in kernel.complete("%stream_download topic dir --from ")
    assert kernel.complete("%stream_upload data topic --ag") == ["--again"]
    assert "--watch" not in kernel.complete("%stream_upload data topic --state ")
    assert spectra_topic in kernel.complete("x = 1\n%stream_watch ")
    assert "js" in kernel.complete("j"), "all else is completed as ever"
    assert "js" in kernel.complete("x = 1\n"), "also on an empty line"


def test_shutting_the_kernel_down_leaves_nothing(
    kernel: NotebookKernel, spectra_topic: str
) -> None:
    kernel.run(f"%stream_watch {spectra_topic}")
    process = psutil.Process(int(kernel.run("import os; print(os.getpid())").text))
    kernel.client.shutdown(reply=True, timeout=20)
    gone, alive = psutil.wait_procs([process], timeout=20)
    assert (gone, alive) == ([process], [])


def test_a_download_writes_files_until_it_is_stopped(
    kernel: NotebookKernel, spectra_topic: str, tmp_path: Path
) -> None:
    out = tmp_path / "with space"
    run = kernel.run(f'%stream_download {spectra_topic} "{out}" --to d')
    assert run.status == "ok", run.text
    assert WIDGET in run.display[-1]
    assert kernel.run("print(d.wait_for_files(3, 20), d.state)").text.split() == ["True", "running"]
    run = kernel.run(f"%stream_stop {spectra_topic}")
    assert f"download {spectra_topic}" in run.display[-1]["text/plain"]
    assert kernel.run("print(d.state)").text.strip() == "finished"
    assert len(list(out.rglob("*.npy"))) == 3


def test_a_download_until_the_end_returns_when_all_is_written(
    kernel: NotebookKernel, spectra_topic: str, tmp_path: Path
) -> None:
    words = f"{spectra_topic} {tmp_path}/out --until-end --from -10m --exclude '*_0001.npy' --to d"
    run = kernel.run(f"%stream_download {words}")
    assert run.status == "ok", run.text
    assert kernel.run("print(d.state, d.stats.files)").text.split() == ["finished", "2"]
    assert len(list((tmp_path / "out").rglob("*.npy"))) == 2


def test_running_the_cell_again_replaces_the_download(
    kernel: NotebookKernel, spectra_topic: str, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        kernel.run(f"%stream_download {spectra_topic} {tmp_path}/out --to {name}", cell="cell-1")
    run = kernel.run("print(first.state, second.state)")
    assert run.text.split() == ["finished", "running"]


def test_upload_sends_what_the_options_say(kernel: NotebookKernel, tmp_path: Path) -> None:
    write_spectra(tmp_path, 3)
    words = f"{tmp_path} chosen-by-magic --exclude '*_0002.npy' --chunk-size 1000 --to u"
    assert kernel.run(f"%stream_upload {words}").status == "ok"
    assert kernel.run("print(u.stats.files, u.stats.records)").text.split() == ["2", "6"]
    assert kernel.run(f"%stream_upload {words}").status == "ok"
    assert kernel.run("print(u.stats.files, u.stats.duplicates)").text.split() == ["0", "2"]
    assert kernel.run(f"%stream_upload {words} --again --state {tmp_path}/.own").status == "ok"
    assert kernel.run("print(u.stats.files)").text.strip() == "2"


def test_the_card_tells_the_progress(kernel: NotebookKernel, tmp_path: Path) -> None:
    write_spectra(tmp_path, 2)
    kernel.run(f"%stream_upload {tmp_path} card-of-upload --to u")
    run = kernel.run("from jupyter_stream.notebook.card import card\nprint(card(u))")
    assert "'kind': 'upload'" in run.text
    assert "'files_total': 2" in run.text
    assert "'content_bytes_total': 4352" in run.text
    run = kernel.run("print(card(js.watch('card-of-upload'))['kind'])")
    assert run.text.strip() == "watch"
