"""Which curves share an axis."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_stream.plots.curve_axes import MOST, Extent, shared_axes


def test_curves_of_one_magnitude_share_an_axis() -> None:
    curves = [Extent("a", "K", 5), Extent("b", "K", 90), Extent("c", "K", 0)]
    assert shared_axes(curves) == ([0, 0, 0], ["a, b, c (K)"])


def test_another_unit_or_magnitude_has_an_axis_of_its_own() -> None:
    curves = [Extent("a", "K", 5), Extent("p", "mbar", 5), Extent("hot", "K", 5000)]
    assert shared_axes(curves) == ([0, 1, 2], ["a (K)", "p (mbar)", "hot (K)"])


def test_a_fourth_axis_there_is_not() -> None:
    curves = [Extent("a", "K", 1), Extent("b", "K", 1e4), Extent("c", "K", 1e8)]
    axes, labels = shared_axes([*curves, Extent("d", "K", 1e11), Extent("e", "V", 2)])
    assert axes == [0, 1, 2, 2, 0]
    assert labels == ["a, e", "b (K)", "c, d (K)"]


def test_many_names_are_cut() -> None:
    _, (label,) = shared_axes([Extent(f"name {n}", "", 1) for n in range(20)])
    assert len(label) < 50
    assert label.endswith("…")


@given(
    st.lists(
        st.builds(Extent, st.just("n"), st.sampled_from("AB"), st.floats(0, 1e300)), max_size=9
    )
)
def test_every_curve_has_an_axis(curves: list[Extent]) -> None:
    axes, labels = shared_axes(curves)
    assert len(axes) == len(curves)
    assert sorted(set(axes)) == list(range(len(labels)))
    assert len(labels) <= MOST
