"""`jupyter stream examples`: copies, and never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_stream.cli import examples
from jupyter_stream.cli.app import main
from jupyter_stream.cli.examples import copy_examples, examples_folder
from jupyter_stream.errors import NoSuchPath


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "data" / "__pycache__").mkdir(parents=True)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "a.py").write_text("a", encoding="utf-8")
    (folder / "data" / "b.dat").write_bytes(b"\x00\xff")
    (folder / "data" / "__pycache__" / "c.pyc").touch()
    (folder / ".ipynb_checkpoints" / "d.ipynb").touch()
    return folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package look as installed, with nothing but a folder for Jupyter's data."""
    monkeypatch.setattr(
        examples, "__file__", str(tmp_path / "lib" / "jupyter_stream" / "cli" / "examples.py")
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    return tmp_path / "share" / "jupyter_stream" / "examples"


def outcomes(source: Path, target: Path) -> dict[str, str]:
    return {name.as_posix(): outcome for name, outcome in copy_examples(source, target)}


def test_everything_is_copied_but_caches(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder"

    assert outcomes(source, target) == {"a.py": "copied", "data/b.dat": "copied"}
    assert (target / "data" / "b.dat").read_bytes() == b"\x00\xff"
    assert {path.name for path in target.rglob("*")} == {"a.py", "data", "b.dat"}


def test_a_changed_file_is_kept(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    outcomes(source, target)
    (target / "a.py").write_text("mine", encoding="utf-8")

    assert outcomes(source, target) == {"a.py": "kept", "data/b.dat": "unchanged"}
    assert (target / "a.py").read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_missing_is_copied_again(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    outcomes(source, target)
    (target / "a.py").unlink()

    assert outcomes(source, target) == {"a.py": "copied", "data/b.dat": "unchanged"}


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "target"

    assert main(["examples", str(target)]) == 0
    assert capsys.readouterr().out.startswith(f"Examples in {target}: ")
    assert (target / "data" / "Steel.spe").is_file()

    (target / "README.md").write_text("mine", encoding="utf-8")
    assert main(["examples", str(target)]) == 0
    said = capsys.readouterr().out
    assert f"kept {target / 'README.md'}: yours differs from the example" in said
    assert "1 kept" in said


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    assert main(["examples", str(tmp_path / "file" / "below")]) == 1
    assert "cannot write the examples: " in capsys.readouterr().err


def test_a_checkout_has_its_own_examples() -> None:
    assert examples_folder() == Path(__file__).parents[2] / "examples"


def test_installed_examples_are_found_in_jupyters_data(installed: Path) -> None:
    installed.mkdir(parents=True)
    (installed / "instrument.py").touch()

    assert examples_folder() == installed


def test_an_examples_folder_beside_an_installed_package_is_not_ours(installed: Path) -> None:
    installed.mkdir(parents=True)
    (installed / "instrument.py").touch()
    other = installed.parents[2] / "lib" / "examples"
    other.mkdir(parents=True)
    (other / "instrument.py").touch()

    assert examples_folder() == installed


@pytest.mark.usefixtures("installed")
def test_examples_that_are_nowhere_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "jupyter_path", lambda *parts: ["/nowhere/" + "/".join(parts)])

    with pytest.raises(NoSuchPath, match="searched /nowhere/jupyter_stream/examples"):
        examples_folder()
