"""One at a time, among processes; and freed by a crash."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from jupyter_stream.kafka.local_broker.lock import locked

_HOLDER = """
import sys
from pathlib import Path
from jupyter_stream.kafka.local_broker.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_it_waits_for_another_process_and_survives_its_death(tmp_path: Path) -> None:
    got = Event()

    def take() -> None:
        with locked(tmp_path / "lock"):
            got.set()

    command = [sys.executable, "-c", _HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        waiter = Thread(target=take)
        waiter.start()
        assert not got.wait(0.3)
        holder.kill()
        assert got.wait(20)
        waiter.join()
