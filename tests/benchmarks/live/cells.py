"""The cells of the notebooks that are measured."""

from __future__ import annotations

# What each side does with a record: note when the kernel had it, and give the array.
SETUP = """
%load_ext jupyter_stream
import time
import numpy as np
import jupyter_stream as js
js.connect({bootstrap!r})
times = {{}}

def array(record):
    value = record.value
    made = np.frombuffer(value["data"], np.float32).reshape(value["shape"])
    times[record.offset] = (value["made"], time.time())
    if len(times) > 50_000:
        del times[next(iter(times))]
    return made
"""

MANY = """
watches = [js.watch({topic!r}, plot={plot!r}, apply=array, start='latest') for _ in range({plots})]
js.dashboard(*watches, columns=2)
"""

OURS = "watch = js.watch({topic!r}, plot={plot!r}, apply=array, start='latest')\nwatch"

# The same stream on a figure of jupyter_bokeh, in the way that its users are told.
BOKEH = """
from bokeh.io import output_notebook
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from bokeh.resources import INLINE
from jupyter_bokeh import BokehModel
output_notebook(INLINE, hide_banner=True)
picture = figure(height=360, width=900, title="offset -", output_backend="canvas")
if {plot!r} == "spectrum":
    source = ColumnDataSource({{"x": [], "y": []}})
    picture.line("x", "y", source=source)
else:
    source = ColumnDataSource({{"image": []}})
    picture.image("image", x=0, y=0, dw=1, dh=1, source=source, palette="Viridis256")

def draw(record):
    made = array(record)
    if made.ndim == 1:
        source.data = {{"x": np.arange(made.size, dtype=np.float32), "y": made}}
    else:
        source.data = {{"image": [made]}}
    picture.title.text = f"offset {{record.offset}}"

watch = js.watch({topic!r}, plot=None, apply=draw, start="latest")
BokehModel(picture)
"""

BUSY = """
until = time.time() + {seconds}
while time.time() < until:
    sum(i * i for i in range(1000))
"""

PID = "import os\nprint(os.getpid())"
