"""The writers: what is written reads back, in the formats of the originals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spectra import parse_dat, parse_mca, parse_spe
from spectrum_writers import format_dat, format_mca, format_spe

from tests.examples.conftest import example_file

counts_lists = st.lists(st.integers(0, 99_999_999), min_size=1, max_size=50)
points = st.lists(st.tuples(st.floats(1, 1e5), st.floats(-1, 10)), min_size=1, max_size=50)


def text(name: str) -> str:
    return bytes(example_file(name).data).decode()


@given(counts_lists)
def test_spe_reads_back(counts: list[int]) -> None:
    first, read = parse_spe(format_spe(np.array(counts, float), "a sample"), "a.spe")

    assert (first, read.tolist()) == (0, counts)


@given(counts_lists)
def test_mca_reads_back(counts: list[int]) -> None:
    assert parse_mca(format_mca(np.array(counts, float), "a sample"), "a.mca").tolist() == counts


@given(points)
def test_dat_reads_back_with_seven_digits(pairs: list[tuple[float, float]]) -> None:
    written = np.array(pairs).T

    read = parse_dat(format_dat(written[0], written[1], "a sample"), "a.dat")

    assert np.array(read) == pytest.approx(written, rel=1e-6)


def test_spe_is_laid_out_as_the_original() -> None:
    original = text("Steel.spe")

    written = format_spe(parse_spe(original, "Steel.spe")[1], "")

    assert written == original.rstrip("\n") + "\n"


def test_mca_is_laid_out_as_the_original() -> None:
    original = text("XRFSpectrum.mca")

    written = format_mca(parse_mca(original, "XRFSpectrum.mca"), "a comment")

    assert written.split("\n", 1)[1] == "".join(
        line for line in original.splitlines(keepends=True) if not line.startswith("#")
    )


@pytest.mark.parametrize("name", ["EXAFS_Cu.dat", "EXAFS_Ge.dat"])
def test_dat_keeps_the_original_energies(name: str) -> None:
    energy, absorption = parse_dat(text(name), name)

    again, _ = parse_dat(format_dat(energy, absorption, "again"), name)

    assert again.tolist() == energy.tolist()
