"""Lines come block by block, and are those of the whole text."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.analysis.text_lines import lines_of

PIECES = st.sampled_from(["1.5 2", "é", "", "\n", "\r\n", "\r", "\v", "\u2028", "# comment"])


@given(st.lists(PIECES).map("".join), st.integers(1, 8))
def test_lines_are_those_of_the_whole_text(text: str, block_bytes: int) -> None:
    with patch("jupyter_stream.analysis.text_lines.BLOCK_BYTES", block_bytes):
        assert list(lines_of(memoryview(text.encode()))) == text.splitlines()


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        list(lines_of(memoryview(b"1\n\xff\n")))
