"""The parsers: real files against facts in them, and content that does not fit."""

from __future__ import annotations

import numpy as np
import pytest
from spectra import parse_spe, read_spectrum

from tests.examples.conftest import ExampleFile, example_file


def test_a_steel_file_gives_counts_over_energy() -> None:
    spectrum = read_spectrum(example_file("Steel.spe"))

    assert len(spectrum.y) == 2048
    assert spectrum.y[:8].tolist() == [0, 9, 5, 5, 5, 8, 8, 7]
    assert spectrum.y[-3:].tolist() == [8, 5, 5]
    assert spectrum.y.sum() == 5_607_017
    assert (spectrum.x_label, spectrum.x_unit, spectrum.y_label) == ("Energy", "keV", "Counts")
    assert spectrum.x[spectrum.y.argmax()] == pytest.approx(6.40, abs=0.01), "Fe K-alpha"


def test_an_mca_file_gives_counts_over_energy() -> None:
    spectrum = read_spectrum(example_file("XRFSpectrum.mca"))

    assert len(spectrum.y) == 4096
    assert spectrum.y[:2].tolist() == [0, 1]
    assert spectrum.y.sum() == 56_640_073
    assert spectrum.x_unit == "keV"
    assert spectrum.x[1474] == pytest.approx(6.93, abs=0.02), "the file says: Co near 1474"


@pytest.mark.parametrize(
    ("name", "points", "first", "edge"),
    [
        ("EXAFS_Cu.dat", 1461, (8002.894, 0.5249888), 8979),
        ("EXAFS_Ge.dat", 1201, (10800, 0.0709745), 11103),
    ],
)
def test_a_dat_file_gives_absorption_over_energy(
    name: str, points: int, first: tuple[float, float], edge: float
) -> None:
    spectrum = read_spectrum(example_file(name))

    assert len(spectrum.x) == len(spectrum.y) == points
    assert (spectrum.x[0], spectrum.y[0]) == first
    assert (spectrum.x_label, spectrum.x_unit, spectrum.y_label) == ("Energy", "eV", "Absorption")
    steepest = spectrum.x[np.gradient(spectrum.y, spectrum.x).argmax()]
    assert steepest == pytest.approx(edge, abs=3)


def test_the_counts_of_an_unknown_detector_stay_over_channels() -> None:
    spectrum = read_spectrum(ExampleFile("mine.spe", b"$DATA:\n10 12\n1 2\n3\n"))

    assert spectrum.x.tolist() == [10, 11, 12]
    assert spectrum.y.tolist() == [1, 2, 3]
    assert (spectrum.x_label, spectrum.x_unit) == ("Channel", "")


def test_blocks_around_the_counts_are_left_out() -> None:
    text = "$SPEC_ID:\n7 samples\n$DATA:\n0 1\n5 6\n$MEAS_TIM:\n100 100\n"

    first, counts = parse_spe(text, "a.spe")

    assert (first, counts.tolist()) == (0, [5, 6])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.mca", b"# none\n", "a.mca: the file holds no data"),
        ("a.mca", b"# two\n1\n\n1 2\n", "a.mca, line 4: 2 number(s) instead of 1: '1 2'"),
        ("a.mca", b"1\nx\n", "a.mca, line 2: not only numbers: 'x'"),
        ("a.mca", b"1\nnan\n", "a.mca, line 2: not only numbers: 'nan'"),
        ("a.mca", b"1\n\xff\n", "a.mca: byte 2 is no text"),
        ("a.dat", b"", "a.dat: the file holds no data"),
        ("a.dat", b"#L E mu\n1 2\n3\n", "a.dat, line 3: 1 number(s) instead of 2: '3'"),
        ("a.dat", b"1 2\n1 inf\n", "a.dat, line 2: not only numbers: '1 inf'"),
        ("a.spe", b"0 1\n5 6\n", "a.spe: there is no $DATA: block"),
        ("a.spe", b"$DATA:\n$SPEC_ID:\n", "a.spe: the $DATA: block is empty"),
        ("a.spe", b"$DATA:\n5\n", "a.spe, line 2: not the first and the last channel: '5'"),
        ("a.spe", b"$DATA:\n3 1\n", "a.spe, line 2: not the first and the last channel: '3 1'"),
        ("a.spe", b"$DATA:\n-1 1\n", "a.spe, line 2: not the first and the last channel: '-1 1'"),
        ("a.spe", b"$DATA:\n0 1\n5 ?\n", "a.spe, line 3: not only numbers: '5 ?'"),
        (
            "a.spe",
            b"$DATA:\n0 3\n5 6\n7\n",
            "a.spe, line 4: 3 counts end here, but channels 0 to 3",
        ),
        ("a.spe", b"$DATA:\n0 1\n5 6 7\n", "a.spe, line 3: 3 counts end here, but channels 0 to 1"),
        ("a.mca", b"x" * 1000, f"a.mca, line 1: not only numbers: {'x' * 60!r}"),
        ("a.xyz", b"1\n", "a.xyz: no spectrum format has this suffix; use .mca, .spe or .dat"),
    ],
)
def test_content_that_does_not_fit_is_refused_with_its_place(
    name: str, data: bytes, message: str
) -> None:
    with pytest.raises(ValueError, match=r"^a\.") as refusal:
        read_spectrum(ExampleFile(name, data))

    assert str(refusal.value).startswith(message)
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("size", [0, 1, 20, 30, 5000, 20_000])
def test_a_truncated_steel_file_is_refused(size: int) -> None:
    whole = bytes(example_file("Steel.spe").data)

    with pytest.raises(ValueError, match=r"^Steel\.spe"):
        read_spectrum(ExampleFile("Steel.spe", whole[:size]))
