"""Telling of files that are left out, with a clock of our own."""

from __future__ import annotations

from jupyter_stream.files.uploading.left_out import LeftOut

HIDDEN = {".a": "is hidden"}


def test_a_file_is_told_once_and_again_only_after_it_was_away() -> None:
    left_out = LeftOut(0)
    assert left_out.update(HIDDEN) == list(HIDDEN.items())
    assert left_out.update(HIDDEN) == []
    assert left_out.update({}) == []
    assert left_out.update(HIDDEN) == list(HIDDEN.items())


def test_a_file_that_soon_gets_its_final_name_is_not_told() -> None:
    now = 0.0
    left_out = LeftOut(2, clock=lambda: now)
    assert left_out.update(HIDDEN) == []
    now = 1.9
    assert left_out.update({}) == []
    now = 2.0
    assert left_out.update(HIDDEN) == []
    now = 4.0
    assert left_out.update(HIDDEN) == list(HIDDEN.items())
