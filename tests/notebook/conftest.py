"""What the notebook tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.notebook.kernel import NotebookKernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_stream.kafka.local_broker import RunningBroker


@pytest.fixture
def kernel(kafka_broker: RunningBroker) -> Iterator[NotebookKernel]:
    """Run a kernel with the extension loaded and connected to the tests' broker."""
    with NotebookKernel() as notebook:
        run = notebook.run(
            f"%load_ext jupyter_stream\nimport jupyter_stream as js\n"
            f"%stream_connect {kafka_broker.bootstrap}"
        )
        assert run.status == "ok", run.text
        yield notebook
