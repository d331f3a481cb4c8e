"""`jupyter stream instrument`, run as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

import jupyter_stream
from jupyter_stream.cli.app import main
from jupyter_stream.cli.examples import examples_folder
from jupyter_stream.cli.instrument import SPECTRA

DEADLINE = 30
# Who starts the tests in the background lets them, and so their programs, ignore Ctrl-C.
PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from jupyter_stream.cli.app import main; sys.exit(main())"
)
COMMAND = [sys.executable, "-c", PROGRAM, "instrument"]


def start(*options: str) -> subprocess.Popen[str]:
    root = str(Path(jupyter_stream.__file__).parents[1])
    return subprocess.Popen(
        [*COMMAND, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    )


def run(*options: str) -> tuple[int, str, str]:
    with start(*options) as process:
        out, err = process.communicate(timeout=DEADLINE)
    return process.returncode, out, err


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def wait_for_a_file(folder: Path) -> None:
    deadline = time.monotonic() + DEADLINE
    while not list(folder.glob("*.spe")):
        assert time.monotonic() < deadline, "no file appeared"


def test_it_writes_as_many_files_as_asked_for(tmp_path: Path) -> None:
    code, out, err = run("--out", str(tmp_path), "--count", "3", "--rate", "500", "--steps", "2")

    assert (code, err) == (0, "")
    assert names(tmp_path) == ["steel_0001_0001.spe", "steel_0001_0002.spe", "steel_0002_0001.spe"]
    assert out.splitlines() == [
        f"Measuring steel, 500 files/s, to {tmp_path}; Ctrl-C ends it",
        f"3 files written to {tmp_path}",
    ]


def test_it_keeps_its_rate(tmp_path: Path) -> None:
    begin = time.monotonic()
    code, _, _ = run("--out", str(tmp_path), "--count", "11", "--rate", "10", "--spectrum", "all")

    assert code == 0
    assert time.monotonic() - begin >= 1, "ten periods of 0.1 s"


def test_all_measures_every_sample(tmp_path: Path) -> None:
    options = ["--count", "4", "--rate", "500", "--steps", "1", "--spectrum", "all"]
    run("--out", str(tmp_path), *options)

    assert {name.split("_")[0] for name in names(tmp_path)} == set(SPECTRA)


def test_a_seed_gives_the_same_files(tmp_path: Path) -> None:
    options = ["--count", "2", "--rate", "500", "--seed", "7"]
    for folder in ("a", "b"):
        assert run("--out", str(tmp_path / folder), *options)[0] == 0

    contents = [[path.read_bytes() for path in sorted((tmp_path / f).iterdir())] for f in "ab"]
    assert len(contents[0]) == 2
    assert contents[0] == contents[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with start("--out", str(tmp_path), "--rate", "20") as process:
        wait_for_a_file(tmp_path)
        process.send_signal(number)
        out, err = process.communicate(timeout=DEADLINE)

    assert (process.returncode, err) == (0, "")
    assert out.endswith(f"files written to {tmp_path}\n")
    assert all(name.endswith(".spe") for name in names(tmp_path)), "nothing half written is left"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()

    code, _, err = run("--out", str(blocked / "below"), "--count", "1")

    assert code == 1
    assert err.startswith("jupyter stream: cannot write spectra: ")
    assert str(blocked / "below") in err
    assert err.endswith("choose another folder (--out)\n")
    assert "Traceback" not in err


def test_a_folder_that_vanishes_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with start("--out", str(folder), "--rate", "20") as process:
        wait_for_a_file(folder)
        folder.rename(tmp_path / "elsewhere")
        _, err = process.communicate(timeout=DEADLINE)

    assert process.returncode == 1
    assert "No such file or directory" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "required: --out"),
        (["--out", "x", "--rate", "0"], "'0' is no rate"),
        (["--out", "x", "--rate", "inf"], "'inf' is no rate"),
        (["--out", "x", "--rate", "fast"], "'fast' is no rate"),
        (["--out", "x", "--count", "-1"], "'-1' is no whole number of at least 0"),
        (["--out", "x", "--steps", "0"], "'0' is no whole number of at least 1"),
        (["--out", "x", "--seed", "1.5"], "'1.5' is no whole number of at least 0"),
        (["--out", "x", "--spectrum", "gold"], "invalid choice: 'gold'"),
    ],
)
def test_wrong_usage_is_told(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["instrument", *options])

    assert end.value.code == 2
    assert message in capsys.readouterr().err


def test_it_offers_the_samples_that_the_program_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(examples_folder())

    assert tuple(import_module("instrument").SAMPLES) == SPECTRA
