"""What a job is called where several kernels meet: in a saved notebook, and on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from jupyter_stream.jobs.job import Job

KERNEL = uuid4().hex[:8]


def identity(job: Job) -> str:
    """Return what tells a job from all others, also from those of the kernel before a restart.

    Parameters
    ----------
    job
        The job; its `id`, which users type, begins anew with each kernel.
    """
    return f"{job.id}-{KERNEL}"
