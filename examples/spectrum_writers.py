"""Write spectra in the file formats that `spectra` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

COUNTS_PER_ROW = 8


def format_mca(counts: Values, comment: str) -> str:
    """Return a .mca file: a comment, then one count a line.

    Parameters
    ----------
    counts
        Counts per channel, from channel 0 on.
    comment
        One line about the spectrum.
    """
    return f"# {comment}\n" + "".join(f"{count:.8E}\n" for count in counts)


def format_spe(counts: Values, comment: str) -> str:
    """Return a .spe file: a block that names the spectrum, and a block of counts.

    Parameters
    ----------
    counts
        Counts per channel, from channel 0 on.
    comment
        One line about the spectrum.
    """
    starts = range(0, len(counts), COUNTS_PER_ROW)
    rows = (counts[start : start + COUNTS_PER_ROW] for start in starts)
    lines = ["".join(f"{count:9.0f}." for count in row) for row in rows]
    head = f"$SPEC_ID:\n{comment}\n$DATA:\n{0:8d}{len(counts) - 1:12d}\n"
    return head + "\n".join(lines) + "\n"


def format_dat(energy: Values, absorption: Values, comment: str) -> str:
    """Return a .dat file: header lines, then energy and absorption.

    Parameters
    ----------
    energy
        Energies in eV.
    absorption
        The absorption at each of them.
    comment
        One line about the spectrum.
    """
    points = zip(energy, absorption, strict=True)
    head = f"#S 1 {comment}\n#N 2\n#L Energy (eV)  Absorption\n"
    return head + "".join(f"{ev:.7g}  {mu:.7g}\n" for ev, mu in points)
