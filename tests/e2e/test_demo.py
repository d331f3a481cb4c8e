"""`make demo HEADLESS=1`: the quickstart without a browser."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from base64 import b64decode
from html import unescape
from typing import TYPE_CHECKING

import psutil
from PIL import Image

from tests.e2e.lab import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = 150


def figure(summary: str, name: str) -> int:
    """Read a whole number from the summary."""
    found = re.search(rf"{name} +(\d+)", summary)
    assert found, summary
    return int(found.group(1))


def colours(png: bytes) -> int:
    """Count the colours of a picture: many where lines are drawn smoothly."""
    return len(Image.open(io.BytesIO(png)).convert("RGB").getcolors(2**24) or ())


def test_the_headless_demo_ends_by_itself_with_summary_and_page(tmp_path: Path) -> None:
    demo = [sys.executable, str(ROOT / "examples" / "demo.py"), "--headless"]
    run = subprocess.run(
        [*demo, "--folder", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    reconstructed = figure(run.stdout, "files reconstructed")
    assert reconstructed >= 10
    assert figure(run.stdout, "files sent") == reconstructed
    assert figure(run.stdout, "files verified") == reconstructed
    page = (tmp_path / "quickstart.html").read_text()
    pictures = re.findall(r'<img[^>]*src="data:image/png;base64,([A-Za-z0-9+/=]+)"', page)
    assert len(pictures) == 1
    assert colours(b64decode(pictures[0])) > 100, "lines are drawn, not just axes"
    assert "counts in the spectrum: " in page
    assert "model_id" not in page
    assert "upload instrument to quickstart': finished" in unescape(page)
    left = [process.cmdline() for process in psutil.process_iter() if runs_in(process, tmp_path)]
    assert left == []


def runs_in(process: psutil.Process, folder: Path) -> bool:
    """Say whether a process has to do with a folder."""
    try:
        return any(str(folder) in word for word in process.cmdline())
    except psutil.Error:
        return False
