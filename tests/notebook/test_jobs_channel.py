"""The channel on which pages are told of a kernel's jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

import jupyter_stream as js
from tests.files.receiving.writing import write_records
from tests.notebook.kernel import DEADLINE, BrowserComm, NotebookKernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic

TARGET = "jupyter_stream.jobs"


@pytest.fixture
def bare() -> Iterator[NotebookKernel]:
    """Run a kernel in which nothing was loaded."""
    with NotebookKernel() as kernel:
        yield kernel


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    return js.connect(kafka_broker.bootstrap)


def open_jobs(kernel: NotebookKernel, subshell: str | None = None) -> BrowserComm:
    comm = BrowserComm(kernel, uuid4().hex, subshell)
    comm.post("comm_open", {"target_name": TARGET, "data": {}})
    return comm


def announced(kernel: NotebookKernel) -> list[str]:
    """Return the comms of the target, asked for as pages do: also while a cell runs."""
    request = kernel.client.session.msg("comm_info_request", {"target_name": TARGET})
    kernel.client.control_channel.send(request)
    reply = kernel.client.get_control_msg(timeout=DEADLINE)
    return list(reply["content"]["comms"])


def jobs_of(comm: BrowserComm) -> list[dict[str, Any]]:
    messages = comm.received("jobs")
    return list(messages[-1]["content"]["data"]["jobs"]) if messages else []


def await_job(kernel: NotebookKernel, comm: BrowserComm, **wanted: Any) -> dict[str, Any]:
    """Wait until there is a job like that, and return it."""

    def found() -> list[dict[str, Any]]:
        return [job for job in jobs_of(comm) if wanted.items() <= job.items()]

    kernel.wait_for(lambda: bool(found()), f"a job with {wanted}")
    return found()[0]


def test_a_kernel_is_found_when_the_extension_is_loaded(bare: NotebookKernel) -> None:
    assert announced(bare) == []
    assert bare.run("%load_ext jupyter_stream").text == ""
    bare.wait_for(
        lambda: any(
            message["content"]["data"].get("type") == "jobs-here" for message in bare.comm_messages
        ),
        "the kernel to tell that it has jobs",
    )
    assert len(announced(bare)) == 1


def test_a_kernel_is_found_while_a_cell_runs(bare: NotebookKernel) -> None:
    bare.run("%load_ext jupyter_stream\nfrom threading import Event\nevent = Event()")
    request = bare.begin("event.wait(60)")
    assert len(announced(bare)) == 1
    comm = open_jobs(bare, bare.open_subshell())
    comm.await_one("jobs")
    assert jobs_of(comm) == []
    bare.manager.interrupt_kernel()
    bare.finish(request)


def test_jobs_are_told_with_their_cell_and_their_numbers(
    kernel: NotebookKernel, cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    comm = open_jobs(kernel)
    comm.await_one("jobs")
    assert jobs_of(comm) == []
    kernel.run(f"%stream_watch {topic} --to w", cell="cell-of-the-watch")
    job = await_job(kernel, comm, state="running")
    assert (job["id"], job["kind"], job["name"]) == ("job-1", "watch", f"watch {topic}")
    assert (job["records"], job["errors"], job["cell"]) == (0, 0, "cell-of-the-watch")
    write_records(cluster, topic, [(0, b"", b"%d" % number) for number in range(7)])
    await_job(kernel, comm, records=7, lag=0)


def test_a_job_that_a_cell_shows_belongs_to_it(
    kernel: NotebookKernel, kafka_topic: MakeTopic
) -> None:
    comm = open_jobs(kernel)
    kernel.run(f"w = js.watch({kafka_topic()!r})", cell="starts")
    assert await_job(kernel, comm, id="job-1")["cell"] is None
    kernel.run("w", cell="shows")
    await_job(kernel, comm, id="job-1", cell="shows")
    kernel.run("w", cell="shows it again")
    kernel.run("files = js.receive(w.topics[0])", cell="another")
    await_job(kernel, comm, id="job-2", kind="receive")
    await_job(kernel, comm, id="job-1", cell="shows")


def test_pages_pause_resume_and_stop_jobs(kernel: NotebookKernel, kafka_topic: MakeTopic) -> None:
    comm = open_jobs(kernel)
    kernel.run(f"w = js.watch({kafka_topic()!r})")
    await_job(kernel, comm, state="running")
    comm.send(type="command", id="job-1", command="pause")
    await_job(kernel, comm, state="paused")
    comm.send(type="command", id="job-1", command="resume")
    await_job(kernel, comm, state="running")
    for wrong in ({"id": "job-9"}, {"command": "explode"}, {"id": 7}):
        comm.send(**{"type": "command", "id": "job-1", "command": "stop", **wrong})
    comm.send(type="nonsense")
    comm.send(type="command", id="job-1", command="stop")
    await_job(kernel, comm, state="finished")


def test_problems_are_told_on_demand(
    kernel: NotebookKernel, cluster: js.Cluster, kafka_topic: MakeTopic
) -> None:
    topic = kafka_topic()
    comm = open_jobs(kernel)
    kernel.run(
        f"def fail(record):\n    raise ValueError('no good')\nw = js.watch({topic!r}, apply=fail)"
    )
    write_records(cluster, topic, [(0, b"", b"1")])
    job = await_job(kernel, comm, errors=1)
    assert job["problems"] >= 1
    comm.send(type="problems", id="job-1")
    told = comm.await_one("problems")["content"]["data"]
    assert told["id"] == "job-1"
    assert "ValueError" in told["problems"][0]["title"]
    assert "no good" in told["problems"][0]["detail"]
    comm.send(type="problems", id="job-9")
    assert comm.await_one("problems", 2)["content"]["data"]["problems"] == []


def test_the_cluster_in_use_is_told(kernel: NotebookKernel, kafka_broker: RunningBroker) -> None:
    told = open_jobs(kernel).await_one("jobs")["content"]["data"]["cluster"]
    assert told == {"name": kafka_broker.bootstrap, "bootstrap": kafka_broker.bootstrap}


def test_no_cluster_is_told_before_one_is_connected(bare: NotebookKernel) -> None:
    bare.run("%load_ext jupyter_stream")
    assert open_jobs(bare).await_one("jobs")["content"]["data"]["cluster"] is None


def test_nothing_is_told_while_nothing_changes(
    kernel: NotebookKernel, kafka_topic: MakeTopic
) -> None:
    comm = open_jobs(kernel)
    kernel.run(f"w = js.watch({kafka_topic()!r})")
    await_job(kernel, comm, state="running")
    kernel.run("import time; time.sleep(2.5)")
    before = len(comm.received("jobs"))
    kernel.run("time.sleep(2.5)")
    assert len(comm.received("jobs")) == before
    comm.send(type="alive")
    comm.await_one("alive")


def test_a_page_that_closes_is_told_nothing_more(kernel: NotebookKernel) -> None:
    comm = open_jobs(kernel)
    comm.await_one("jobs")
    assert threads(kernel) == 1
    comm.post("comm_close", {"data": {}})
    kernel.wait_for(lambda: threads(kernel) == 0, "the channel to close")
    assert comm.comm_id not in announced(kernel)


def test_a_silent_page_is_let_go_without_a_word(kernel: NotebookKernel) -> None:
    kernel.run("from jupyter_stream.notebook import jobs_channel as c; c.ABANDONED_SECONDS = 0.2")
    comm = open_jobs(kernel)
    comm.await_one("jobs")
    kernel.wait_for(lambda: threads(kernel) == 0, "the channel to be let go")
    assert comm.comm_id not in announced(kernel)
    assert not comm.is_closed
    comm.send(type="alive")
    assert kernel.run("print('quiet')").text == "quiet\n"


def threads(kernel: NotebookKernel) -> int:
    """Return how many threads tell pages of jobs."""
    count = kernel.run(
        "import threading\n"
        "print(sum(t.name == 'jupyter_stream jobs' for t in threading.enumerate()))"
    )
    return int(count.text)
