"""Libraries that not everyone has."""

from __future__ import annotations

import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.plots.analysis_extra import needed


def test_a_library_that_is_there_is_returned() -> None:
    assert needed("math", "numbers").pi > 3


def test_one_that_is_missing_is_named_with_the_way_to_get_it() -> None:
    text = r"peaks need absent_library, .* pip install 'jupyter_stream\[analysis\]'"
    with pytest.raises(UsageMistake, match=text):
        needed("absent_library.signal", "peaks")
