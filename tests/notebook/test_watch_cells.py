"""`%%stream_watch`: the body of a cell as the analysis, in a real kernel on a real broker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import jupyter_stream as js
from tests.files.receiving.writing import write_records
from tests.spectra import upload_spectra

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_stream.kafka.local_broker import RunningBroker
    from jupyter_stream.testing.kafka import MakeTopic
    from tests.notebook.kernel import NotebookKernel


@pytest.fixture
def cluster(kafka_broker: RunningBroker) -> js.Cluster:
    """The tests' cluster."""
    return js.connect(kafka_broker.bootstrap)


def write(cluster: js.Cluster, topic: str, *values: object) -> None:
    """Write values as records of JSON."""
    write_records(cluster, topic, [(0, b"", json.dumps(value).encode()) for value in values])


def test_the_body_analyses_each_record(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    write(cluster, topic, {"energy": 3.0}, {"energy": 4.5})
    kernel.run("factor = 2")
    body = "energy = record.value['energy']\nenergy * factor"
    run = kernel.run(f"%%stream_watch {topic} --to w\n{body}")
    assert run.status == "ok", run.text
    run = kernel.run("print(w.wait(20, n=2), [result.value for result in w.results])")
    assert run.text.strip() == "True [6.0, 9.0]"


def test_the_body_analyses_each_file(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster, tmp_path: Path
) -> None:
    topic = kafka_topic()
    upload_spectra(cluster, topic, tmp_path, 2)
    kernel.run(f"%%stream_watch {topic} --to w --no-plot\nfile.name, file.size")
    run = kernel.run("print(w.wait(20, n=2), sorted(result.value for result in w.results))")
    assert run.text.strip() == "True [('spectrum_0000.npy', 2176), ('spectrum_0001.npy', 2176)]"


def test_running_the_cell_again_goes_on_with_the_new_analysis(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    write(cluster, topic, 1, 2)
    kernel.run(f"%%stream_watch {topic} --to w\nrecord.value", cell="cell-1")
    assert kernel.run("print(w.wait(20, n=2))").text.strip() == "True"
    kernel.run("former = w")
    run = kernel.run(f"%%stream_watch {topic} --to w\n-record.value", cell="cell-1")
    assert run.status == "ok", run.text
    write(cluster, topic, 3, 4)
    run = kernel.run("print(w.wait(20, n=4), [result.value for result in w.results], w is former)")
    assert run.text.strip() == "True [1, 2, -3, -4] True"
    assert kernel.run("print(len(js.list_jobs()))").text.strip() == "1"


@pytest.mark.usefixtures("cluster")
def test_one_cell_may_start_several_watches_and_replaces_all_of_them_when_run_again(
    kernel: NotebookKernel, kafka_topic: MakeTopic
) -> None:
    topics = kafka_topic(), kafka_topic()
    code = "\n".join(f"%stream_watch {topic}" for topic in topics)
    kernel.run(code, cell="cell-1")
    states = "print([str(job.state) for job in js.list_jobs()])"
    assert kernel.run(states).text.strip() == "['running', 'running']"
    kernel.run(code, cell="cell-1")
    states = "print(sorted(str(job.state) for job in js.list_jobs()))"
    run = kernel.run(states)
    assert run.text.strip() == "['finished', 'finished', 'running', 'running']"


def test_running_the_cell_again_for_another_topic_replaces_the_watch(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic, other = kafka_topic(), kafka_topic()
    write(cluster, other, 7)
    kernel.run(f"%%stream_watch {topic} --to first\nrecord.value", cell="cell-1")
    kernel.run(f"%%stream_watch {other} --to second\nrecord.value", cell="cell-1")
    run = kernel.run("print(first.state, second.wait(20, n=1), second.latest)")
    assert run.text.strip() == "finished True 7"


def test_a_stopped_watch_is_not_brought_back_to_life(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    write(cluster, topic, 1)
    kernel.run(f"%%stream_watch {topic} --to first\nrecord.value", cell="cell-1")
    kernel.run("first.stop()")
    kernel.run(f"%%stream_watch {topic} --to second\nrecord.value", cell="cell-1")
    run = kernel.run("print(first.state, second.wait(20, n=1), second is first)")
    assert run.text.strip() == "finished True False"


def test_a_body_with_a_mistake_leaves_the_old_analysis_running(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    first = kernel.run(f"%%stream_watch {topic} --to w\nrecord.value[", cell="cell-1")
    assert first.text.rstrip().endswith("'[' was never closed")
    kernel.run(f"%%stream_watch {topic} --to w\nrecord.value", cell="cell-1")
    run = kernel.run(f"%%stream_watch {topic} --to w\nx = 1\nrecord.value[", cell="cell-1")
    assert run.status == "error"
    assert ", line 3" in run.text
    assert "'[' was never closed" in run.text
    assert "Traceback" not in run.text
    assert "/jupyter_stream/" not in run.text
    assert run.text.rstrip().endswith(f"watch {topic} goes on with the analysis of before")
    write(cluster, topic, 5)
    assert kernel.run("print(w.wait(20, n=1), w.latest)").text.strip() == "True 5"


def test_a_body_that_raises_is_told_with_its_lines(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    write(cluster, topic, 0, 4)
    number = int(kernel.run("print(len(In))").text)
    kernel.run(f"%%stream_watch {topic} --to w\nscale = 100\nscale / record.value")
    assert kernel.run("print(w.wait(20, n=1), w.latest)").text.strip() == "True 25.0"
    told = kernel.run("print(w.errors[-1].traceback)").text
    assert "line 3, in analysis\n    scale / record.value" in told
    assert f'File "Cell In[{number}]"' in told
    assert "/jupyter_stream/" not in told
    assert f"{topic} [0]" in kernel.run("print(w.problems[0].detail)").text


def test_a_pattern_watches_topics_also_those_that_come_later(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    write(cluster, topic, "first")
    kernel.run(f"%%stream_watch '{topic}*' --to w\nrecord.topic, record.value")
    assert kernel.run("print(w.wait(20, n=1), w.topics)").text.strip() == f"True ('{topic}',)"
    cluster.create_topic(f"{topic}-later", 1)
    write(cluster, f"{topic}-later", "second")
    run = kernel.run("print(w.wait(20, n=2), w.latest)")
    assert run.text.strip() == f"True ('{topic}-later', 'second')"


def test_what_the_body_prints_stands_under_its_own_cell(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    body = f"%%stream_watch {topic} --to w\nprint('seen', record.value)\nrecord.value"
    request = kernel.begin(body, cell="cell-1")
    kernel.finish(request)
    again = kernel.begin(body, cell="cell-1")
    kernel.finish(again)
    write(cluster, topic, 41)
    assert kernel.run("print(w.wait(20, n=1))").text.strip() == "True"
    kernel.wait_for(lambda: kernel.printed[again] == "seen 41\n", "what the body prints")
    assert kernel.printed[request] == ""


def test_what_a_function_prints_and_displays_stands_under_the_cell_that_gave_it(
    kernel: NotebookKernel, kafka_topic: MakeTopic, cluster: js.Cluster
) -> None:
    topic = kafka_topic()
    kernel.run("def told(record):\n    print(record.value)\n    display(record.value)")
    first = kernel.begin(f"w = js.watch({topic!r}, plot=None, apply=told)")
    kernel.finish(first)
    write(cluster, topic, 41)
    assert kernel.run("print(w.wait(20, n=1))").text.strip() == "True"
    kernel.wait_for(lambda: kernel.printed[first] == "41\n", "what the function prints")
    kernel.wait_for(lambda: kernel.displayed[first] == ["41"], "what the function displays")
    second = kernel.begin("w.replace_analysis(told)")
    kernel.finish(second)
    write(cluster, topic, 42)
    assert kernel.run("print(w.wait(20, n=2))").text.strip() == "True"
    kernel.wait_for(lambda: kernel.printed[second] == "42\n", "what it prints afterwards")
    kernel.wait_for(lambda: kernel.displayed[second] == ["42"], "what it displays afterwards")
    assert kernel.printed[first] == "41\n"


def test_tab_knows_the_item(kernel: NotebookKernel) -> None:
    assert kernel.complete("%%stream_watch t --pl") == ["--plot"]
    assert "--apply" not in kernel.complete("%%stream_watch t --")
    assert "sha512" in kernel.complete("%%stream_watch t\nx = file.sh")
    assert kernel.complete("%%stream_watch t\nrecord.off") == ["offset"]
    assert "offset" not in kernel.complete("record.off")
