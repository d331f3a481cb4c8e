"""What the package exposes, and how quickly it is imported."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import files

import pytest

import jupyter_stream as js
from jupyter_stream import errors

FUNCTIONS_AND_CLASSES = {
    "AnalysisError",
    "Cluster",
    "Download",
    "FileStream",
    "Image",
    "JobStats",
    "ReceivedFile",
    "ReceivedRecord",
    "Result",
    "Spectrum",
    "Upload",
    "Watch",
    "connect",
    "dashboard",
    "download",
    "list_jobs",
    "receive",
    "records",
    "stop_all",
    "upload",
    "watch",
}


def test_the_public_names_are_these_and_the_exceptions() -> None:
    exceptions = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert set(js.__all__) == FUNCTIONS_AND_CLASSES | exceptions
    assert js.__all__ == sorted(js.__all__)


@pytest.mark.parametrize("name", js.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(js, name).__doc__
    assert name in dir(js)


def test_every_exception_stands_in_the_drawn_tree() -> None:
    for name in set(js.__all__) - FUNCTIONS_AND_CLASSES:
        assert re.search(rf"\b{name}\b", errors.__doc__ or ""), name


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = js.nonsense


def test_the_import_loads_neither_bokeh_nor_kafka() -> None:
    code = (
        "import sys, jupyter_stream; "
        "print([m for m in ('bokeh', 'confluent_kafka', 'numpy', 'IPython') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_installed_package_brings_extension_and_examples() -> None:
    installed = {str(path) for path in files("jupyter_stream") or ()}
    for wanted in (
        "share/jupyter/labextensions/jupyter-stream/package.json",
        "share/jupyter/labextensions/jupyter-stream/install.json",
        "share/jupyter/labextensions/jupyter-stream/static/style.js",
        "share/jupyter/nbextensions/jupyter-stream/index.js",
        "etc/jupyter/jupyter_server_config.d/jupyter_stream.json",
        "share/jupyter/jupyter_stream/examples/quickstart.ipynb",
        "jupyter_stream/py.typed",
        "jupyter_stream/kafka/local_broker/pom.xml",
    ):
        assert any(path.endswith(wanted) for path in installed), wanted
