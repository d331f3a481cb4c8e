"""The widget that shows a job: it carries the job's identity, and no data."""

from ipywidgets import DOMWidget
from traitlets import Unicode

MODULE = "jupyter-stream"
MODULE_VERSION = "^0.1.0"


class JobWidget(DOMWidget):  # type: ignore[misc]
    """Shows a job's card and plot in the browser, which fetches both as frames."""

    _model_name = Unicode("StreamModel").tag(sync=True)
    _view_name = Unicode("StreamView").tag(sync=True)
    _model_module = Unicode(MODULE).tag(sync=True)
    _view_module = Unicode(MODULE).tag(sync=True)
    _model_module_version = Unicode(MODULE_VERSION).tag(sync=True)
    _view_module_version = Unicode(MODULE_VERSION).tag(sync=True)
    stream = Unicode().tag(sync=True)
