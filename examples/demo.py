"""The quickstart with everything that it needs: broker, instrument, and JupyterLab or none.

`make demo` runs this; Ctrl-C, or the end of the headless run, stops all that it started.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from hashlib import sha512
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import psutil
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker

EXAMPLES = Path(__file__).parent
RATE = 2.0
STOP_SECONDS = 15.0
CELL_SECONDS = 120
MEBIBYTE = 2**20

# Runs in the notebook's kernel after the last cell: reads all that was sent once more, while it
# waits on the topic, and tells what a reader of the notebook can't see.
REPORT = """
import json, time
import jupyter_stream as js
start = time.perf_counter()
with js.watch("quickstart", plot="spectrum", apply=read_spectrum) as again:
    again.wait_for_files(1, 30)
    first = time.perf_counter() - start
    again.wait_for_files(upload.stats.files, 30)
print(json.dumps({
    "sent": upload.stats.files,
    "received": {file.path: file.sha512 for file in again.files},
    "skipped": watch.stats.skipped + again.stats.skipped,
    "errors": watch.stats.errors + again.stats.errors + upload.stats.errors,
    "first_spectrum_seconds": first,
}))
"""


def main() -> int:
    """Run the demonstration, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--headless", action="store_true", help="run the notebook, and end")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), help="where all goes")
    parser.add_argument("--port", type=int, default=8888, help="JupyterLab's, if it is free")
    options = parser.parse_args()
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    folder = options.folder.resolve()
    with ExitStack() as stack:
        try:
            work = _prepare(folder)
            broker, seconds = _start_broker(stack)
            stack.enter_context(_process("instrument", _instrument(work), work))
            if options.headless:
                return _run_headless(work, folder, broker, seconds)
            _run_lab(stack, work, options.port)
        except KeyboardInterrupt:
            print("\nStopping everything ...", flush=True)
    return 0


def _prepare(folder: Path) -> Path:
    """Make a fresh folder to work in, apart from the user's own Jupyter and broker."""
    work = folder / "work"
    for name in ("work", "jupyter"):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(EXAMPLES, work, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    (work / "instrument").mkdir()
    for variable in ("DATA", "CONFIG", "RUNTIME"):
        os.environ[f"JUPYTER_{variable}_DIR"] = str(folder / "jupyter" / variable.lower())
    return work


def _start_broker(stack: ExitStack) -> tuple[RunningBroker, float]:
    from jupyter_stream.kafka.local_broker import LocalBroker  # noqa: PLC0415 - after _prepare

    print("Starting the local Kafka broker ...", flush=True)
    broker = LocalBroker()
    stack.callback(broker.stop)
    # The first start may have to fetch Kafka, which is no part of its starting time.
    broker.start(lambda progress: print(f"  {progress.step}", flush=True))
    broker.stop()
    start = time.perf_counter()
    running = broker.start()
    seconds = time.perf_counter() - start
    print(f"  Kafka {running.version} at {running.bootstrap}", flush=True)
    return running, seconds


def _instrument(work: Path) -> list[str]:
    command = [sys.executable, "-m", "jupyter_stream.cli", "instrument"]
    return [*command, "--out", str(work / "instrument"), "--rate", str(RATE)]


@contextmanager
def _process(name: str, command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program beside us; at the end it is asked to stop, and made to if it does not."""
    with (folder.parent / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _run_lab(stack: ExitStack, work: Path, port: int) -> None:
    """Run JupyterLab until Ctrl-C."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}"]
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    lab = stack.enter_context(_process("JupyterLab", [*command, *root], work))
    address = _lab_address(lab)
    print(f"\n  Open {address}\n\n  Ctrl-C stops everything.\n", flush=True)
    lab.wait()
    raise SystemExit(f"JupyterLab has ended; see {work.parent / 'JupyterLab.log'}")


def _lab_address(lab: subprocess.Popen[bytes]) -> str:
    """Wait until JupyterLab listens, and return the notebook's address."""
    runtime = Path(os.environ["JUPYTER_RUNTIME_DIR"])
    while lab.poll() is None:
        for path in runtime.glob(f"jpserver-{lab.pid}.json"):
            server = json.loads(path.read_text())
            return f"{server['url']}lab/tree/quickstart.ipynb?token={server['token']}"
        time.sleep(0.1)
    raise SystemExit("JupyterLab did not start; see .demo/JupyterLab.log")


def _run_headless(work: Path, folder: Path, broker: RunningBroker, ready_seconds: float) -> int:
    """Run the notebook as it is, write the page, and print what was seen."""
    start = time.perf_counter()
    notebook = nbformat.read(work / "quickstart.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(REPORT))
    client = NotebookClient(notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": work}})
    client.execute()
    seconds = time.perf_counter() - start
    report = json.loads(notebook.cells.pop().outputs[0].text)
    # The widgets' state would be of no use to a page without a kernel.
    notebook.metadata.pop("widgets", None)
    page = folder / "quickstart.html"
    page.write_text(_page(notebook), encoding="utf-8")
    verified = _verified(work / "instrument", report["received"])
    memory = psutil.Process(broker.pid).memory_info().rss / MEBIBYTE
    print(f"""
  files sent            {report["sent"]}
  files reconstructed   {len(report["received"])}
  files verified        {verified} (SHA-512 equal to the instrument's file)
  records skipped       {report["skipped"]}
  errors                {report["errors"]}
  notebook              {seconds:.1f} s

  broker ready in       {ready_seconds:.1f} s, {memory:.0f} MiB resident
  import jupyter_stream {_import_seconds():.3f} s
  first spectrum        {report["first_spectrum_seconds"]:.3f} s after a watch began, on its plot

  executed notebook     {page}
""")
    whole = verified == report["sent"] > 0 and not report["skipped"] + report["errors"]
    return 0 if whole else 1


def _page(notebook: Any) -> str:
    """Return the executed notebook as a page, with pictures in the place of widgets."""
    priority = ["image/svg+xml", "image/png", "text/html", "text/markdown", "text/plain"]
    config = Config({"NbConvertBase": {"display_data_priority": priority}})
    body, _ = HTMLExporter(config=config).from_notebook_node(notebook)
    return str(body)


def _verified(folder: Path, received: dict[str, str]) -> int:
    """Count the files that arrived exactly as the instrument wrote them."""
    return sum(
        sha512((folder / name).read_bytes()).hexdigest() == digest
        for name, digest in received.items()
    )


def _import_seconds() -> float:
    """Time the import in a fresh process; the best of three, since the first may read disks."""
    measure = "import time; t = time.perf_counter(); import jupyter_stream; "
    command = [sys.executable, "-c", measure + "print(time.perf_counter() - t)"]
    return min(
        float(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603
        for _ in range(3)
    )


if __name__ == "__main__":
    sys.exit(main())
