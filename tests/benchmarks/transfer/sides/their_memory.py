"""OpenMSIStream's processor in memory, through its documented class; runs in its environment."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from openmsistream import DataFileStreamProcessor  # type: ignore[import-not-found]


class Counting(DataFileStreamProcessor):  # type: ignore[misc]
    """Tells when so many files have arrived; does nothing with them."""

    left = int(sys.argv[3])

    def _process_downloaded_data_file(self, datafile: Any, lock: Any) -> None:
        with lock:
            self.left -= len(datafile.bytestring) > 0
            if not self.left:
                print(json.dumps({"end": time.monotonic()}), flush=True)

    @classmethod
    def run_from_command_line(cls, args: Any = None) -> None:
        """Run; the base class wants it."""
        del args
        processor = cls(Path(sys.argv[1]), sys.argv[2], output_dir=Path("registry"), mode="memory")
        print(json.dumps({"ready": time.monotonic()}), flush=True)
        processor.process_files_as_read()


Counting.run_from_command_line()
