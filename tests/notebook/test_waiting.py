"""Waiting for results in a running cell, in a real kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import NotebookKernel

TICKING = """
import asyncio
ticks = 0
async def tick():
    global ticks
    while True:
        ticks += 1
        await asyncio.sleep(0.01)
ticking = asyncio.ensure_future(tick())
"""


def test_the_loop_of_the_kernel_goes_on_while_a_cell_waits(
    kernel: NotebookKernel, kafka_topic: MakeTopic
) -> None:
    kernel.run(f"w = js.watch({kafka_topic()!r}, plot=None)")
    kernel.run(TICKING)
    run = kernel.run("before = ticks\nprint(w.wait(1.0, n=1), ticks > before + 10)")
    assert run.text == "False True\n"
    # A cell that was sent off meanwhile has its turn, and its end.
    kernel.begin("w.wait(0.5, n=1)")
    assert kernel.run("print('next')").text == "next\n"


def test_waiting_is_interrupted_and_the_notebook_goes_on(
    kernel: NotebookKernel, kafka_topic: MakeTopic
) -> None:
    kernel.run(f"w = js.watch({kafka_topic()!r}, plot=None)")
    waiting = kernel.begin("print('waits', flush=True)\nw.wait(n=1)")
    kernel.wait_for(lambda: "waits" in kernel.printed[waiting], "the cell to wait")
    kernel.manager.interrupt_kernel()
    run = kernel.finish(waiting)
    assert run.status == "error"
    assert "KeyboardInterrupt" in run.text
    assert kernel.run("print(w.state)").text == "running\n"
    tasks = "import asyncio\nprint([t for t in asyncio.all_tasks() if 'heard' in repr(t)])"
    assert kernel.run(tasks).text == "[]\n"
