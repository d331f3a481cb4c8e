"""The tutorial, cell by cell, in a real kernel."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.kafka.local_broker import RunningBroker
    from tests.notebook.kernel import NotebookKernel

PAGE = Path(__file__).parents[2] / "docs" / "tutorials" / "first-live-plot.md"
CONNECT, INSTRUMENT, UPLOAD, WATCH, CHANGE, VALUES, STOP = range(7)


def test_every_cell_does_what_the_page_says(
    kernel: NotebookKernel, kafka_broker: RunningBroker, tmp_path: Path
) -> None:
    cells = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    kernel.run(f"import os\nos.chdir({os.fspath(tmp_path)!r})")
    connect = cells[CONNECT].replace("%stream_connect", f"%stream_connect {kafka_broker.bootstrap}")
    for cell in (connect, cells[INSTRUMENT], cells[UPLOAD]):
        run = kernel.run(cell)
        assert run.status == "ok", run.text
    run = kernel.run(cells[WATCH], cell="watch")
    assert run.status == "ok", run.text
    assert kernel.run("print(watch.wait(20, n=2), watch.plot.kind)").text.strip() == "True spectrum"
    assert "Energy 0 to 10.22 keV" in kernel.run("print(watch.latest)").text
    assert kernel.run(cells[CHANGE], cell="watch").status == "ok"
    table = kernel.run(cells[VALUES]).display[0]["text/plain"]
    assert "total" in table
    assert "peak" in table
    assert kernel.run("print(watch.plot.kind, watch.errors)").text.strip() == "series ()"
    assert kernel.run(cells[STOP]).status == "ok"
    assert kernel.run("print(watch.state)").text.strip() == "finished"
