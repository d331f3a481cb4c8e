"""`jupyter stream ledger`, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from jupyter_stream.files.ledger import STATE_FOLDER
from tests.cli.command import COMMAND, DEADLINE, run
from tests.files.ledger_rows import note_received, note_refused, note_sent, open_ledger

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["a b.dat", 'quotes",;.dat', "ä/光.dat", "two\nlines"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with files that were sent and received."""
    (tmp_path / "ä").mkdir()
    for name in NAMES:
        (tmp_path / name).touch()
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, NAMES)
        note_received(ledger, NAMES[:2], "other")
        note_refused(ledger, range(20))
    return tmp_path


def test_show_tells_totals_and_the_newest(directory: Path) -> None:
    done = run("ledger", "show", directory)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["Ledger", str(directory / STATE_FOLDER / "ledger.sqlite")]
    assert ["sent", "spectra", "4", "files", "40", "B", "last"] in [line[:7] for line in lines]
    assert ["received", "other", "2", "files", "40", "B", "last"] in [line[:7] for line in lines]
    assert "ä/光.dat" in done.stdout
    assert "two\\nlines" in done.stdout, "a name breaks no line"
    assert "Refused: 20 records" in done.stdout
    assert "spectra [0] offset 19" in done.stdout
    assert "spectra [0] offset 9 " not in done.stdout


def test_show_keeps_to_a_topic_and_a_limit(directory: Path) -> None:
    done = run("ledger", "show", directory, "--topic", "other", "--limit", "1")
    assert "spectra" not in done.stdout
    assert done.stdout.count(".dat") == 1


def test_csv_holds_every_file(directory: Path) -> None:
    done = run("ledger", "export", directory)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert sorted(row["path"] for row in rows if row["kind"] == "sent") == sorted(NAMES)
    assert {len(row["sha512"]) for row in rows} == {128}
    assert rows[0]["time"].startswith("2030-03-17T17:46:4")
    assert {row["offset"] for row in rows} == {"", "0", "1"}


def test_json_lines_hold_every_file(directory: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.jsonl"
    done = run("ledger", "export", directory, target, "--topic", "spectra")
    assert done.stdout == f"4 files listed in {target}\n"
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert sorted(row["path"] for row in rows) == sorted(NAMES)
    assert rows[0].keys() == {
        *("kind", "topic", "path", "size", "sha512", "mtime", "time", "partition", "offset")
    }


def test_a_csv_file_is_what_goes_to_standard_output(directory: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    assert run("ledger", "export", directory, target).stdout == f"6 files listed in {target}\n"
    assert target.read_text(encoding="utf-8") == run("ledger", "export", directory).stdout


@pytest.mark.parametrize("action", ["show", "export"])
def test_a_topic_without_files_is_told(directory: Path, action: str) -> None:
    done = run("ledger", action, directory, "--topic", "spectre")
    assert done.returncode == 0
    assert done.stderr == (
        "jupyter stream: the ledger has no files of topic 'spectre'; it has files of other, "
        "spectra\n"
    )


def test_a_ledger_without_files_says_so(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    done = run("ledger", "show", tmp_path)
    assert (done.returncode, done.stderr) == (0, "jupyter stream: the ledger has no files\n")


def test_a_list_that_nobody_reads_to_its_end_is_no_error(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        note_sent(ledger, [f"{number}" for number in range(5000)])
    with subprocess.Popen(
        [*COMMAND, "ledger", "export", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("kind,topic,path")
        process.stdout.close()
        assert process.wait(DEADLINE) == 141
        assert process.stderr.read() == ""


def test_a_broken_ledger_is_told_and_repaired(directory: Path) -> None:
    path = directory / STATE_FOLDER / "ledger.sqlite"
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    shown = run("ledger", "show", directory)
    assert shown.returncode == 1
    assert f"jupyter stream ledger repair {directory}" in shown.stderr
    assert "Traceback" not in shown.stderr

    done = run("ledger", "repair", directory)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"The ledger was broken. It is kept as {path}.broken-1." in done.stdout
    assert "Rows that could be read, and are in the new ledger: " in done.stdout
    assert "What is not in it the next upload sends again." in done.stdout
    assert run("ledger", "show", directory).returncode == 0
    assert run("ledger", "repair", directory).stdout == "The ledger is sound.\n"


def test_repair_tells_what_it_forgot(directory: Path) -> None:
    (directory / "a b.dat").unlink()
    done = run("ledger", "repair", directory)
    assert "The ledger is sound." in done.stdout
    assert "Forgotten, because they are gone: 1 file sent." in done.stdout
    assert "Forgotten, because they are gone: 1 file received." in done.stdout
    assert "Among them: a b.dat, a b.dat" in done.stdout
    assert "reads their topics from the start" in done.stdout


def test_a_state_folder_elsewhere_is_used(directory: Path, tmp_path: Path) -> None:
    state = tmp_path / "elsewhere"
    (directory / STATE_FOLDER).rename(state)
    assert run("ledger", "show", directory).returncode == 1
    assert run("ledger", "show", directory, "--state", state).returncode == 0
    assert run("ledger", "repair", directory, "--state", state).returncode == 0


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["show", "/nowhere"], 1, "there is no ledger /nowhere/.jupyter_stream/ledger.sqlite"),
        (["repair", "/nowhere"], 1, "there is no directory /nowhere"),
        (["export", "DIR", "list.xlsx"], 1, "there are .csv and .jsonl"),
        (["export", "DIR", "/nowhere/list.csv"], 1, "cannot write /nowhere/list.csv"),
        (["show", "DIR", "--limit", "-1"], 2, "'-1' is no whole number of at least 0"),
        (["show"], 2, "required: DIR"),
        ([], 2, "required: ACTION"),
    ],
)
def test_a_mistake_gets_a_plain_answer(
    directory: Path, words: list[str], code: int, text: str
) -> None:
    done = run("ledger", *[str(directory) if word == "DIR" else word for word in words])
    assert (done.returncode, done.stdout) == (code, "")
    assert text in done.stderr
    assert "Traceback" not in done.stderr
