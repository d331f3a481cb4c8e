"""Problems are counted by kind, and bounded."""

from jupyter_stream.jobs.problems import DETAIL_LIMIT, KEPT, Problem, Problems


def test_the_same_problem_is_counted_with_its_newest_detail() -> None:
    problems = Problems()
    problems.add("bad", "first")
    problems.add("worse", "once")
    problems.add("bad", "second")
    assert problems.newest_first() == (Problem("bad", "second", 2), Problem("worse", "once", 1))


def test_only_the_newest_kinds_are_kept() -> None:
    problems = Problems()
    for number in range(KEPT + 5):
        problems.add(f"kind {number}", "")
    kept = problems.newest_first()
    assert len(kept) == KEPT
    assert kept[0].title == f"kind {KEPT + 4}"
    assert kept[-1].title == "kind 5"


def test_of_a_long_detail_the_ends_are_kept() -> None:
    problems = Problems()
    problems.add("long", "begin" + "x" * DETAIL_LIMIT + "end")
    detail = problems.newest_first()[0].detail
    assert len(detail) <= DETAIL_LIMIT
    assert detail.startswith("begin")
    assert detail.endswith("end")
