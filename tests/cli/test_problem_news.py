"""Each kind of problem is told at once, and its recurrences now and then."""

from jupyter_stream.cli.problem_news import AGAIN_SECONDS, ProblemNews
from jupyter_stream.jobs.problems import Problem, Problems


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_problem_is_told_once() -> None:
    news = ProblemNews()
    problems = (Problem("no right", "b.dat"), Problem("too large", "a.dat"))
    assert list(news.take(problems)) == [
        "problem: too large: a.dat",
        "problem: no right: b.dat",
    ]
    assert list(news.take(problems)) == []
    assert list(news.take(problems, all_of_it=True)) == []


def test_recurrences_are_told_once_a_minute() -> None:
    clock = _Clock()
    news = ProblemNews(clock)
    list(news.take((Problem("no right", "a"),)))
    assert list(news.take((Problem("no right", "b", 5),))) == []
    clock.now += AGAIN_SECONDS
    assert list(news.take((Problem("no right", "c", 9),))) == ["problem: 8 more of 9: no right: c"]
    assert list(news.take((Problem("no right", "d", 10),))) == []


def test_at_the_end_nothing_is_held_back() -> None:
    news = ProblemNews()
    list(news.take((Problem("no right", "a"),)))
    assert list(news.take((Problem("no right", "b", 2),), all_of_it=True)) == [
        "problem: 1 more of 2: no right: b"
    ]


def test_one_that_was_forgotten_meanwhile_is_told_again() -> None:
    news = ProblemNews()
    list(news.take((Problem("no right", "a", 7),)))
    assert list(news.take((Problem("no right", "b", 1),))) == ["problem: no right: b"]


def test_many_kinds_are_all_told() -> None:
    problems, news = Problems(), ProblemNews()
    told: list[str] = []
    for number in range(100):
        problems.add(f"kind {number}", "detail")
        told += news.take(problems.newest_first())
    assert told == [f"problem: kind {number}: detail" for number in range(100)]


def test_a_traceback_stands_below_its_title() -> None:
    (text,) = ProblemNews().take((Problem("ValueError: 3", "Traceback:\n  line 1\n"),))
    assert text == "problem: ValueError: 3\n    Traceback:\n      line 1"
