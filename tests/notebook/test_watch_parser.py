"""The command lines of the watching magics."""

from __future__ import annotations

import pytest

from jupyter_stream.errors import UsageMistake
from jupyter_stream.notebook.watch_parser import watch_arguments, watch_cell_parser, watch_parser

DEFAULTS = {
    "plot": "auto",
    "start": "earliest",
    "last": 20,
    "max_rate": None,
    "wait_for_topic": False,
}


def test_a_topic_is_enough() -> None:
    options = watch_parser().parse_line("spectra")
    assert options.topics == ["spectra"]
    assert watch_arguments(options) == DEFAULTS


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("t --plot waterfall", {"plot": "waterfall"}),
        ("t --plot auto", {}),
        ("t --no-plot", {"plot": None}),
        ("t --from latest", {"start": "latest"}),
        ("t --from -10m", {"start": "-10m"}),
        ("t --last 3", {"last": 3}),
        ("t --max-rate 2.5", {"max_rate": 2.5}),
        ("t --wait", {"wait_for_topic": True}),
    ],
)
def test_options_become_arguments(line: str, changed: dict[str, object]) -> None:
    assert watch_arguments(watch_parser().parse_line(line)) == {**DEFAULTS, **changed}
    assert watch_arguments(watch_cell_parser().parse_line(line)) == {**DEFAULTS, **changed}


def test_several_topics_may_stand_among_the_options() -> None:
    options = watch_parser().parse_line("one --last 5 'run-*' --to w three")
    assert options.topics == ["one", "run-*", "three"]
    assert options.to == "w"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "required: TOPIC"),
        ("t --plot pie", "invalid choice: 'pie'"),
        ("t --plot image --no-plot", "not allowed with argument"),
        ("t --last 0", "'0' is no whole number of at least 1"),
        ("t --max-rate 0", "'0' is no rate"),
        ("t --max-rate often", "'often' is no rate"),
        ("t --max-rate nan", "'nan' is no rate"),
        ("t --nonsense", "unrecognized arguments: --nonsense\n"),
        ("t --aply f", "unrecognized arguments: --aply f; did you mean --apply?"),
        ("t --max_rate=2 --lasst 3", "did you mean --max-rate and --last?"),
    ],
)
def test_a_mistake_is_told(line: str, told: str) -> None:
    with pytest.raises(UsageMistake) as caught:
        watch_parser().parse_line(line)
    assert told in str(caught.value)


def test_a_cell_is_its_own_function() -> None:
    with pytest.raises(UsageMistake, match="unrecognized arguments: --apply"):
        watch_cell_parser().parse_line("t --apply f")
    assert watch_parser().parse_line("t --apply f").apply == "f"
