"""The environment of OpenMSIStream."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.interop import environment
from tests.interop.environment import NoOpenMSIStream, openmsistream

if TYPE_CHECKING:
    from pathlib import Path


def test_what_cannot_be_installed_is_told_in_pips_words_and_not_taken_for_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "FOLDER", tmp_path / "venv")
    monkeypatch.setattr(environment, "VERSION", "0.0.0")
    with pytest.raises(NoOpenMSIStream, match=r"openmsistream==0\.0\.0 failed:(.|\n)*No matching"):
        openmsistream()
    assert not (tmp_path / "venv" / "made-for.txt").exists()


def test_one_that_was_made_is_taken_as_it_is() -> None:
    made = openmsistream() / "made-for.txt"
    before = made.stat().st_mtime_ns
    openmsistream()
    assert made.stat().st_mtime_ns == before
