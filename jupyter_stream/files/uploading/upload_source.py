"""Which files of a directory an upload has to send."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from jupyter_stream.errors import LedgerNotWritten, NoSuchPath
from jupyter_stream.files.stamp import stamp_of
from jupyter_stream.files.uploading.left_out import LeftOut
from jupyter_stream.files.uploading.lookout import Lookout
from jupyter_stream.files.uploading.sent_ledger import RACY_SECONDS
from jupyter_stream.files.uploading.settled import Knowledge, SettledFiles
from jupyter_stream.files.uploading.tree import Found, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jupyter_stream.files.uploading.sent_ledger import SentFile, SentLedger
    from jupyter_stream.files.uploading.survey import Survey
    from jupyter_stream.files.uploading.upload_counters import UploadCounters
    from jupyter_stream.files.uploading.upload_options import UploadOptions

LAST_WALK_SECONDS = 1.0


class UploadSource:
    """Finds the files that are to be sent, and knows what was sent before.

    Parameters
    ----------
    source
        A file or a directory.
    options
        The user's choices.
    folder
        The folder with our own state.
    sent
        What the topic holds.
    counters
        Where files are counted that are left out, or there already.
    goes_on
        Asked during a walk, which ends early when this says no.
    tell
        Told in a title and a detail what the user should know.
    """

    def __init__(
        self,
        source: Path,
        options: UploadOptions,
        folder: Path,
        *,
        sent: SentLedger,
        counters: UploadCounters,
        goes_on: Callable[[], bool],
        tell: Callable[[str, str], None],
    ) -> None:
        self.missing: str | None = None
        self._source = source
        self._options = options
        root = source if source.is_dir() else source.parent
        self._tree = tree = Tree(root, options.wanted, folder)
        self._sent = sent
        self._counters = counters
        self._goes_on = goes_on
        self._tell = tell
        # Behind all that was sent before, also when the clock was put back since.
        self._began = max(time.time(), math.nextafter(sent.newest(), math.inf))
        self._left_out = LeftOut(options.settle_seconds if options.watch else 0.0)
        self._settled = SettledFiles(tree, options.settle_seconds, self._knowledge)
        self._last_walk_by = 0.0
        self._lookout = Lookout(
            tree, self._settled, poll=options.poll, goes_on=self._walk_on, tell=tell
        )
        self._told_of_walk = 0

    def look(self) -> list[Found]:
        """Find the files that are to be sent now.

        Raises
        ------
        NoSuchPath
            The directory is not there; if it is watched, `missing` tells instead.
        """
        if not self._options.watch:
            return sorted(self._all_unsent())
        try:
            found = self._lookout.look()
        except (NoSuchPath, LedgerNotWritten) as error:
            self.missing = f"{error} The upload goes on by itself when it is there again."
            return []
        self.missing = None
        if self._lookout.walks != self._told_of_walk:
            self._told_of_walk = self._lookout.walks
            self._tell_left_out()
        return found

    def look_at_all_again(self) -> None:
        """Go through the whole directory once more, because the topic holds nothing of it now."""
        self._lookout.begin_anew()

    def last_look(self) -> list[str]:
        """Give the files of a watched directory that have not settled."""
        if not self._options.watch:
            return []
        # No event may have told of them yet.
        self._lookout.walk_soon()
        self._last_walk_by = time.monotonic() + LAST_WALK_SECONDS
        left = {found.path: found.state for found in self.look()} | self._settled.unsettled
        # Those that were only doubted were sent.
        seen = (Found(path, state, 0) for path, state in left.items())
        try:
            return [found.path for found in seen if self._knowledge(found) is Knowledge.NEW]
        except LedgerNotWritten:
            return list(left)

    def conclude(self, path: str) -> None:
        """Forget a file that is sent, so that the ledger alone knows of it.

        Parameters
        ----------
        path
            Relative posix path.
        """
        self._settled.conclude(path)

    def look_again(self, path: str) -> None:
        """Find a file once more when it has settled.

        Parameters
        ----------
        path
            Relative posix path.
        """
        self._settled.look_again(path)

    def is_there(self, surveyed: Survey) -> SentFile | None:
        """Return the row of a file if the topic holds its content already.

        Parameters
        ----------
        surveyed
            The file.
        """
        sent = self._sent.find(surveyed.path)
        if sent is None or sent.sha512 != surveyed.file_hash or not self._counts(sent):
            return None
        return sent

    def is_our_own(self, sent: SentFile) -> bool:
        """Say whether this upload sent a file, and not an earlier one."""
        return sent.acknowledged_at >= self._began

    def now(self) -> float:
        """Give the time for acknowledgements: never before the beginning, if clocks jump."""
        return max(time.time(), self._began)

    def close(self) -> None:
        """Watch no more."""
        self._lookout.close()

    def _walk_on(self) -> bool:
        return self._goes_on() or time.monotonic() < self._last_walk_by

    def _all_unsent(self) -> Iterator[Found]:
        """Go through a directory once."""
        for found in self._found_once():
            knowledge = self._knowledge(found)
            if knowledge is Knowledge.SENT:
                self._counters.duplicates += 1
            else:
                yield found
            if not self._goes_on():
                return
        self._tell_left_out()

    def _found_once(self) -> Iterator[Found]:
        if self._source.is_dir():
            yield from self._tree.walk()
        else:
            stamp = stamp_of(self._source.stat())
            yield Found(self._source.name, stamp.state, stamp.inode)

    def _knowledge(self, found: Found) -> Knowledge:
        sent = self._sent.find(found.path)
        if sent is None or sent.state != found.state or not self._counts(sent):
            return Knowledge.NEW
        if sent.racy and self._doubt_helps(sent):
            return Knowledge.DOUBTFUL
        if not self._lookout.walks and not self.is_our_own(sent) and self._options.watch:
            self._counters.duplicates += 1
        return Knowledge.SENT

    def _counts(self, sent: SentFile) -> bool:
        return self.is_our_own(sent) or not self._options.again

    def _doubt_helps(self, sent: SentFile) -> bool:
        """Say whether hashing now leaves less doubt: times in the future keep theirs for ever."""
        late = sent.state.mtime_ns / 1e9 + RACY_SECONDS < time.time()
        return late or not self.is_our_own(sent)

    def _tell_left_out(self) -> None:
        for path, reason in self._left_out.update(self._tree.skipped):
            self._tell(f"A file was left out: {reason}", str(self._tree.root / path))
            self._counters.skipped += 1
