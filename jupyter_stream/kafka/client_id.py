"""What a client calls itself at the cluster, where others see who reads."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

# The page knows the kernels of its server by this name, followed by their id.
PREFIX = "jupyter_stream-"

_KERNEL_FILE = re.compile(r"kernel-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json")
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]")


def own_client_id() -> str:
    """Return the name of this process's clients.

    In a kernel of a Jupyter server it holds the kernel's id, which opens nothing without the
    server's token; elsewhere the host and the number of the process.
    """
    kernel = _kernel_id()
    host = _UNUSUAL.sub("_", socket.gethostname())
    return PREFIX + (kernel or f"{host}-{os.getpid()}")


def _kernel_id() -> str | None:
    """Return the id under which a Jupyter server knows this process, which is in a file's name."""
    kernelapp = sys.modules.get("ipykernel.kernelapp")
    if kernelapp is None or not kernelapp.IPKernelApp.initialized():
        return None
    file = Path(kernelapp.IPKernelApp.instance().connection_file)
    found = _KERNEL_FILE.fullmatch(file.name)
    return found and found[1]
