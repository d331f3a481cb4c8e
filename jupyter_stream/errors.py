"""All exceptions of the package.

StreamError
├── ProfileError            a profile or configuration file cannot be used
├── NotConnected            nothing was connected to yet
├── ClusterUnreachable      no broker answers at the address
├── TopicNotFound           the topic does not exist on the cluster
├── TopicNotCreated         the cluster did not create the topic
├── RecordNotFound          there is no record at this place (any more)
├── RecordTooLarge          a record is larger than the client takes
├── FileNotInTopic          the topic does not hold the whole of a file (any more)
├── ClusterRefused          the cluster answered, and refused
├── TimeUsedUp              a question to a cluster took longer than it may
├── UsageMistake            an argument, or the line of a magic, has a mistake
├── JobFailed               a background job ended before its work was done
├── WriteFailed             a record was not acknowledged by the broker
├── LocalBrokerError        the local broker cannot do what was asked
│   ├── JavaNotFound        no Java on this machine
│   ├── JavaTooOld          Java is there, but older than Kafka needs
│   ├── KafkaNotObtainable  no way to get Kafka worked
│   ├── PortTaken           a port that was asked for is in use
│   ├── DiskFull            no space left for the broker's data
│   └── BrokerStartFailed   Kafka ended, or never became ready
├── FormatError             bytes that do not fit their format
│   ├── NotAChunk           the record is something else than a file chunk
│   ├── BadChunk            a file chunk that contradicts itself or its file
│   └── Undecodable         a value of a known format that is damaged or not allowed
├── UnsafePath              a path that must not be written
├── NoSuchPath              a file or directory that is not there
├── FileChanged             a file changed while it was read
├── FileTooLarge            a file exceeds the limit set for it
├── NotStored               the output directory did not take a file
├── LedgerError             the record of what was transferred cannot be used
│   ├── LedgerInUse         another process does the same transfer
│   └── LedgerNotWritten    the ledger cannot be written now
└── Unplottable             a result that a plot cannot show
    └── UnreadableSpectrum  a file or result that cannot be shown as a spectrum
"""


class StreamError(Exception):
    """Any failure that jupyter_stream reports; its text says what to do."""

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the text alone: where we raised it tells the user nothing."""
        return [f"{type(self).__name__}: {self}"]


class ProfileError(StreamError):
    """A profile or a configuration file cannot be used."""


class NotConnected(StreamError):
    """Nothing was connected to yet."""


class ClusterUnreachable(StreamError):
    """No broker answers at the address."""


class TopicNotFound(StreamError):
    """The topic does not exist on the cluster."""


class TopicNotCreated(StreamError):
    """The cluster did not create the topic."""


class RecordNotFound(StreamError):
    """There is no record at this place of the topic, or none any more."""


class RecordTooLarge(StreamError):
    """A record is larger than the client takes."""


class FileNotInTopic(StreamError):
    """The topic does not hold the whole of a file, or does not any more."""


class ClusterRefused(StreamError):
    """The cluster answered, and refused what it was asked."""


class TimeUsedUp(StreamError):
    """A question to a cluster took longer than it may."""


class UsageMistake(StreamError):
    """An argument, or the line of a magic, has a mistake."""


class JobFailed(StreamError):
    """A background job ended before its work was done."""


class WriteFailed(StreamError):
    """A record was not acknowledged by the broker."""


class LocalBrokerError(StreamError):
    """The local broker cannot do what was asked."""


class JavaNotFound(LocalBrokerError):
    """No Java on this machine."""


class JavaTooOld(LocalBrokerError):
    """Java is there, but older than Kafka needs."""


class KafkaNotObtainable(LocalBrokerError):
    """No way to get Kafka worked."""


class PortTaken(LocalBrokerError):
    """A port that was asked for is in use."""


class DiskFull(LocalBrokerError):
    """No space is left for the broker's data."""


class BrokerStartFailed(LocalBrokerError):
    """Kafka ended, or never became ready."""


class FormatError(StreamError):
    """Bytes do not fit the format that they were read as."""


class NotAChunk(FormatError):
    """The record is something else than a file chunk."""


class BadChunk(FormatError):
    """A file chunk contradicts itself or the file that it belongs to."""


class Undecodable(FormatError):
    """A value whose format is known cannot be decoded: it is damaged, too large or not allowed."""


class UnsafePath(StreamError):
    """A path that must not be written."""


class NoSuchPath(StreamError):
    """A file or directory is not there."""


class FileChanged(StreamError):
    """A file changed while it was read."""


class FileTooLarge(StreamError):
    """A file exceeds the limit set for it."""


class NotStored(StreamError):
    """The output directory did not take a file: it is full, read-only or gone."""


class LedgerError(StreamError):
    """The ledger, the record of what was transferred, cannot be used."""


class LedgerInUse(LedgerError):
    """Another process does the same transfer with the same state folder."""


class LedgerNotWritten(LedgerError):
    """The ledger cannot be read or written now: no right to, no space, or the disk is away."""


class Unplottable(StreamError):
    """A result is nothing that the plot shows; the text says what arrived."""


class UnreadableSpectrum(Unplottable):
    """A file or a result cannot be shown as a spectrum."""
