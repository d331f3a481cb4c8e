"""Paths as users name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_stream.files.working_directory import as_named

if TYPE_CHECKING:
    import pytest


def test_what_is_below_the_working_directory_is_named_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert as_named(tmp_path / "instrument" / "run") == Path("instrument/run")
    assert as_named(tmp_path.parent / "other") == tmp_path.parent / "other"


def test_a_working_directory_that_was_removed_hinders_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert as_named(tmp_path) == tmp_path
